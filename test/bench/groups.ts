// What a group costs by its size: adding one member, and reading it without its members.

import { type PushTarget, personCalled } from '../push-target.ts'

const large = 50_000
const small = 10
const fillers = 32
const inOnePatch = 20_000
const calls = 200

export interface GroupCosts {
  /** A large group's p50 ÷ a small one's. */
  readonly add: number
  readonly readWithoutMembers: number
}

export async function measureGroups(server: string, { domainId, token }: PushTarget): Promise<GroupCosts> {
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
  const groups = [await groupOf('Small', ids.slice(1, small + 1)), await groupOf('Large', ids.slice(1))]
  const adds: number[][] = [[], []]
  const reads: number[][] = [[], []]
  for (let call = 0; call < calls; call++) {
    for (const [index, id] of groups.entries()) {
      adds[index]?.push(await timeOf(() => patch(id, 'add', [one])))
      await patch(id, 'remove', [one])
      reads[index]?.push(await timeOf(() => send('GET', `/Groups/${id}?excludedAttributes=members`)))
    }
  }
  return { add: ratioOf(adds), readWithoutMembers: ratioOf(reads) }
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function inParallel<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  let next = 0
  const run = async () => {
    for (let index = next++; index < count; index = next++) results[index] = await work(index)
  }
  await Promise.all(Array.from({ length: fillers }, run))
  return results
}

const ratioOf = ([small = [], large = []]: number[][]): number => p50(large) / p50(small)
const p50 = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
