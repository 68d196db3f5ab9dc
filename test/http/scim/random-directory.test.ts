// Random requests to users and groups against a plain model of a directory, and random lists of what they leave behind.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { matches } from '../../../src/scim/filter/match.ts'
import { parseFilter } from '../../../src/scim/filter/parse.ts'
import { Leniency } from '../../../src/scim/quirks.ts'
import { userType } from '../../../src/scim/resource-types.ts'
import { eachDatabase } from '../../database.ts'
import { group, groupSchema } from './directory.ts'
import { bodyOf, DirectoryModel, enterprise, type ModelGroup, type ModelUser } from './directory-model.ts'
import { type Answer, openSurface, patchOf, type Surface, userSchema } from './surface.ts'

const numRuns = 25

const text = fc.constantFrom('a', 'B', 'b', 'é')
const maybe = fc.option(text, { nil: undefined })
const type = fc.constantFrom('work', 'home')
const address = fc.constantFrom('x@acme.test', 'y@acme.test')
const user: fc.Arbitrary<ModelUser> = fc.record({
  userName: fc.constantFrom('ann', 'Ann', 'ben', 'cyn', 'dan', 'eve'),
  active: fc.boolean(),
  title: maybe,
  externalId: maybe,
  emails: fc.array(fc.tuple(type, address), { maxLength: 2 }).map(entries => new Map(entries)),
  department: maybe,
})
const which = fc.nat(20)

type Step = (directory: Directory) => Promise<void>

/** A PATCH of a user, and what it makes of the user. */
type Turn = readonly [object, (before: ModelUser) => ModelUser]
const turn: fc.Arbitrary<Turn> = fc.oneof(
  maybe.map(
    (title): Turn => [
      title ? { op: 'replace', path: 'title', value: title } : { op: 'remove', path: 'title' },
      before => ({ ...before, title }),
    ],
  ),
  fc
    .boolean()
    .map((active): Turn => [{ op: 'Replace', value: { active } }, before => ({ ...before, active })]),
  maybe.map(
    (department): Turn => [
      { op: 'add', path: `${enterprise}:department`, value: department ?? null },
      before => ({ ...before, department }),
    ],
  ),
  fc
    .tuple(type, address)
    .map(
      ([label, value]): Turn => [
        { op: 'replace', path: `emails[type eq "${label}"].value`, value },
        before => ({ ...before, emails: new Map(before.emails).set(label, value) }),
      ],
    ),
  fc.constant<Turn>([{ op: 'remove', path: 'emails' }, before => ({ ...before, emails: new Map() })]),
)

const step: fc.Arbitrary<Step> = fc.oneof(
  user.map(
    (made): Step =>
      directory =>
        directory.makeUser(made),
  ),
  fc.tuple(which, user).map(
    ([at, after]): Step =>
      directory =>
        directory.putUser(at, after),
  ),
  fc.tuple(which, fc.array(turn, { minLength: 1, maxLength: 3 })).map(
    ([at, turns]): Step =>
      directory =>
        directory.patchUser(at, turns),
  ),
  fc.tuple(text, fc.array(which, { maxLength: 3 })).map(
    ([name, members]): Step =>
      directory =>
        directory.makeGroup(name, members),
  ),
  fc
    .tuple(
      which,
      fc.constantFrom('add', 'remove', 'replace'),
      fc.array(which, { minLength: 1, maxLength: 3 }),
    )
    .map(
      ([at, op, members]): Step =>
        directory =>
          directory.patchGroup(at, op, members),
    ),
  fc.tuple(which, text, fc.array(which, { maxLength: 3 })).map(
    ([at, name, members]): Step =>
      directory =>
        directory.putGroup(at, name, members),
  ),
  which.map(
    (at): Step =>
      directory =>
        directory.remove(at),
  ),
)

/** Sends each request, holds the answer against the model, and looks at what there is afterwards. */
class Directory {
  readonly model = new DirectoryModel()
  readonly #surface: Surface

  constructor(surface: Surface) {
    this.#surface = surface
  }

  async makeUser(made: ModelUser): Promise<void> {
    const answer = await this.#surface.ask('POST', '/Users', { body: bodyOf(made) })
    const id = this.#settle(answer, this.model.judgeUser(undefined, made), 201)
    if (id === undefined) return
    this.model.setUser(id, made)
    await this.#check(id, answer)
  }

  async putUser(at: number, after: ModelUser): Promise<void> {
    const [id] = pick(this.model.users, at)
    if (id === undefined) return
    const answer = await this.#surface.ask('PUT', `/Users/${id}`, { body: bodyOf(after) })
    if (this.#settle(answer, this.model.judgeUser(id, after), 200)) this.model.setUser(id, after)
    await this.#check(id)
  }

  async patchUser(at: number, turns: readonly Turn[]): Promise<void> {
    const [id, before] = pick(this.model.users, at)
    if (id === undefined || !before) return
    const body = patchOf(...turns.map(([operation]) => operation))
    const answer = await this.#surface.ask('PATCH', `/Users/${id}`, { body })
    this.#settle(answer, 'done', 200)
    this.model.setUser(
      id,
      turns.reduce((now, [, apply]) => apply(now), before),
    )
    await this.#check(id, answer)
  }

  async makeGroup(displayName: string, members: readonly number[]): Promise<void> {
    const made = { displayName, members: this.#idsAt(members) }
    const answer = await this.#surface.ask('POST', '/Groups', { body: groupBody(made) })
    const id = this.#settle(answer, this.model.judgeGroup(undefined, made), 201)
    if (id === undefined) return
    this.model.setGroup(id, made)
    await this.#check(id, answer)
  }

  async putGroup(at: number, displayName: string, members: readonly number[]): Promise<void> {
    const [id] = pick(this.model.groups, at)
    if (id === undefined) return
    const after = { displayName, members: this.#idsAt(members) }
    const answer = await this.#surface.ask('PUT', `/Groups/${id}`, { body: groupBody(after) })
    if (this.#settle(answer, this.model.judgeGroup(id, after), 200)) this.model.setGroup(id, after)
    await this.#check(id)
  }

  async patchGroup(at: number, op: string, members: readonly number[]): Promise<void> {
    const [id, before] = pick(this.model.groups, at)
    if (id === undefined || !before) return
    const ids = this.#idsAt(members)
    const value = [...ids].map(each => ({ value: each }))
    const answer = await this.#surface.ask('PATCH', `/Groups/${id}`, {
      body: patchOf({ op, path: 'members', value }),
    })
    const next = { add: before.members.union(ids), remove: before.members.difference(ids) }
    const after = { ...before, members: op === 'add' ? next.add : op === 'remove' ? next.remove : ids }
    if (this.#settle(answer, this.model.judgeGroup(id, after), 204)) this.model.setGroup(id, after)
    await this.#check(id)
  }

  async remove(at: number): Promise<void> {
    const [id] = this.#everything(at)
    if (id === undefined) return
    const path = this.model.users.has(id) ? `/Users/${id}` : `/Groups/${id}`
    expect((await this.#surface.ask('DELETE', path)).status).toBe(204)
    expect((await this.#surface.ask('GET', path)).status).toBe(404)
    this.model.remove(id)
  }

  #everything = (at: number) =>
    pick(new Map<string, unknown>([...this.model.users, ...this.model.groups]), at)
  #idsAt = (at: readonly number[]) =>
    new Set(at.flatMap(each => this.#everything(each).slice(0, 1) as string[]))

  /** The id of what was done, if it was to be done. */
  #settle({ status, body, headers }: Answer, outcome: string, done: number): string | undefined {
    const expected = outcome === 'done' ? done : outcome === 'uniqueness' ? 409 : 400
    expect([status, status < 400 ? 'done' : body.scimType]).toEqual([expected, outcome])
    if (status >= 400) return undefined
    return body?.id ?? headers.get('etag')
  }

  /** `answer` has shown the resource as well. */
  async #check(id: string, answer?: Answer): Promise<void> {
    const path = this.model.users.has(id) ? `/Users/${id}` : `/Groups/${id}`
    const { status, body, headers } = await this.#surface.ask('GET', path)
    expect(status).toBe(200)
    if (answer) expect(body).toEqual(answer.body)
    expect(headers.get('etag')).toBe(body.meta.version)
    this.expectMeta(body, path)
    if (this.model.users.has(id)) this.expectUser(body)
    else this.expectGroup(body)
  }

  expectMeta({ id, meta }: Answer['body'], path: string): void {
    const base = `${this.#surface.ctx.config.baseUrl}/scim/v2/${this.#surface.tenant.domain.id}`
    expect(meta).toEqual({
      resourceType: path.startsWith('/Users') ? 'User' : 'Group',
      created: expect.any(String),
      lastModified: expect.any(String),
      version: `W/"${this.model.versions.get(id)}"`,
      location: base + path,
    })
    expect(meta.lastModified === meta.created).toBe(this.model.versions.get(id) === 1)
  }

  expectUser({ id, meta: _, schemas, groups = [], ...shown }: Answer['body']): void {
    const expected = this.model.users.get(id)
    if (!expected) throw new Error(`nobody knows ${id}`)
    const { schemas: _schemas, ...body } = bodyOf(expected)
    expect({ ...shown, emails: sorted(shown.emails) }).toEqual({ ...body, emails: sorted(body.emails) })
    expect(schemas).toEqual([userSchema, ...(expected.department ? [enterprise] : [])])
    expect(new Map(groups.map((each: { value: string; type: string }) => [each.value, each.type]))).toEqual(
      this.model.groupsOf(id),
    )
  }

  expectGroup({ id, schemas, displayName, members = [] }: Answer['body']): void {
    const expected = this.model.groups.get(id)
    expect([schemas, displayName]).toEqual([[groupSchema], expected?.displayName])
    const ids = members.map((each: { value: string }) => each.value)
    expect(ids).toHaveLength(new Set(ids).size)
    expect(new Set(ids)).toEqual(expected?.members)
  }
}

const sorted = (emails: readonly { type: string }[] = []) =>
  [...emails].sort((a, b) => (a.type < b.type ? -1 : 1))

const groupBody = ({ displayName, members }: ModelGroup) =>
  group(displayName, { members: [...members].map(value => ({ value })) })

function pick<T>(from: ReadonlyMap<string, T>, at: number): readonly [string, T] | readonly [] {
  return [...from][at % Math.max(from.size, 1)] ?? []
}

const conditions = fc.constantFrom(
  'title eq "B"',
  'title pr',
  'not (title co "b")',
  'active eq true',
  'userName sw "A"',
  'emails[type eq "work" and value co "x@"]',
  'emails.type eq "home"',
  'externalId eq "b"',
  'externalId ge "b"',
  `${enterprise}:department ne "a"`,
  'groups pr',
)
const filters = fc.oneof(
  conditions,
  fc.tuple(conditions, fc.constantFrom('and', 'or'), conditions).map(parts => parts.join(' ')),
  fc.tuple(conditions, conditions).map(([a, b]) => `not (${a} and ${b})`),
)
const sorts = fc.constantFrom('title', 'userName', 'externalId', 'active')

describe('random requests', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let tenants = 0
    beforeAll(async () => {
      surface = await openSurface(await open(), { scimRateLimit: 0 })
    })

    const walk = async (tenant: Surface, query: string, count: number): Promise<Answer['body'][]> => {
      const seen: Answer['body'][] = []
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const { status, body } = await tenant.ask('GET', `/Users?${query}&cursor=${cursor}&count=${count}`)
        expect(status).toBe(200)
        expect(body.Resources.length).toBeLessThanOrEqual(count)
        seen.push(...body.Resources)
        cursor = body.nextCursor
      }
      return seen
    }

    it('R13 R16 R27 R36 R41 R44 R55 R58 R67 R69 R70 R72 R80 R82 agree with a plain model, step by step and in every list', async () => {
      const lists = fc.array(fc.tuple(filters, sorts, fc.boolean(), fc.integer({ min: 1, max: 4 })), {
        minLength: 3,
        maxLength: 3,
      })
      const property = fc.asyncProperty(
        fc.array(step, { minLength: 10, maxLength: 40 }),
        lists,
        async (steps, wanted) => {
          const tenant = surface.as(await surface.addTenant(`random${tenants++}.test`))
          const directory = new Directory(tenant)
          for (const play of steps) {
            tenant.ctx.clock.advance(1000)
            await play(directory)
          }
          const everybody = (await tenant.ask('GET', '/Users?count=200')).body
          expect(everybody.totalResults).toBe(directory.model.users.size)
          for (const each of everybody.Resources) directory.expectUser(each)
          for (const [filter, sortBy, isDescending, count] of wanted) {
            const parsed = parseFilter(userType, filter, new Leniency())
            const key = (each: Answer['body']) => {
              const value = each[sortBy]
              return sortBy === 'externalId' || typeof value !== 'string' ? value : value.toLowerCase()
            }
            const expected = everybody.Resources.filter((each: Answer['body']) => matches(parsed, each)).sort(
              (a: Answer['body'], b: Answer['body']) =>
                compare(key(a), key(b), isDescending) || (a.id < b.id ? -1 : 1),
            )
            const query = new URLSearchParams({
              filter,
              sortBy,
              sortOrder: isDescending ? 'descending' : 'ascending',
            })
            expect(await walk(tenant, String(query), count)).toEqual(expected)
            const page = await tenant.ask('GET', `/Users?${query}&startIndex=2&count=${count}`)
            expect(page.body.Resources).toEqual(expected.slice(1, 1 + count))
            expect(page.body.totalResults).toBe(expected.length)
          }
        },
      )
      await fc.assert(property, { numRuns })
    }, 120_000)
  })
})

/** Who has no value is last ascending and first descending. */
function compare(a: unknown, b: unknown, isDescending: boolean): number {
  const [left, right] = isDescending ? [b, a] : [a, b]
  if (left === undefined || right === undefined)
    return Number(left === undefined) - Number(right === undefined)
  if (left === right) return 0
  return (left as string) < (right as string) ? -1 : 1
}
