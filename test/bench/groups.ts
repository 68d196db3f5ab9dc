// What a group costs by its size: adding one member, and reading it without its members.

import { makePushTarget, type PushTarget, personCalled } from '../push-target.ts'
import type { Part } from './bench.ts'
import { atMost } from './goals.ts'
import { inParallel } from './in-parallel.ts'
import { median, timeOf } from './rounds.ts'

const large = 50_000
const small = 10
const inOnePatch = 20_000
const calls = 200

export const groups: Part = {
  name: 'groups',
  goals: ['P8', 'P9'],
  minutes: 10,
  run: async bench => {
    const env = bench.env()
    const target = await makePushTarget(env)
    const { url } = await bench.serve(env)
    const { add, readWithoutMembers } = await measureGroups(url, target)
    return [
      atMost('P8 one more member: 50,000 ÷ 10 members', 1.3, 1.1, add),
      atMost('P9 read without members: 50,000 ÷ 10 members', 1.5, 1.1, readWithoutMembers),
    ]
  },
}

interface GroupCosts {
  /** A large group's p50 ÷ a small one's. */
  readonly add: number
  readonly readWithoutMembers: number
}

async function measureGroups(server: string, { domainId, token }: PushTarget): Promise<GroupCosts> {
  const send = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${server}/scim/v2/${domainId}${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return text
  }
  const patch = (id: string, op: 'add' | 'remove', ids: readonly string[]) =>
    send('PATCH', `/Groups/${id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op, path: 'members', value: ids }],
    })
  const create = async (path: string, body: object): Promise<string> => {
    const { id }: { id: string } = JSON.parse(await send('POST', path, body))
    return id
  }
  const groupOf = async (displayName: string, ids: readonly string[]) => {
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group']
    const id = await create('/Groups', { schemas, displayName })
    for (let start = 0; start < ids.length; start += inOnePatch)
      await patch(id, 'add', ids.slice(start, start + inOnePatch))
    return id
  }

  const ids = await inParallel(large + 1, index => create('/Users', personCalled(`member${index}`)))
  const [one = ''] = ids
  const made = [await groupOf('Small', ids.slice(1, small + 1)), await groupOf('Large', ids.slice(1))]
  const adds: number[][] = [[], []]
  const reads: number[][] = [[], []]
  for (let call = 0; call < calls; call++) {
    for (const [index, id] of made.entries()) {
      adds[index]?.push(await timeOf(() => patch(id, 'add', [one])))
      await patch(id, 'remove', [one])
      reads[index]?.push(await timeOf(() => send('GET', `/Groups/${id}?excludedAttributes=members`)))
    }
  }
  return { add: ratioOf(adds), readWithoutMembers: ratioOf(reads) }
}

const ratioOf = ([small = [], large = []]: number[][]): number => median(large) / median(small)
