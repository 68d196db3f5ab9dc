// The members of a group under PATCH: every shape that directories send, each with what it leaves behind.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { eachDatabase } from '../../database.ts'
import { group, makeDirectory } from './directory.ts'
import { type Answer, openSurface, patchOf, type Surface } from './surface.ts'

const runs = Number(process.env.FUZZ_RUNS ?? 60)

describe('members of groups', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let ask: Surface['ask']
    let make: ReturnType<typeof makeDirectory>
    let a = ''
    let b = ''
    let c = ''
    let made = 0

    beforeAll(async () => {
      surface = await openSurface(await open())
      ask = surface.ask
      make = makeDirectory(surface)
      ;[a = '', b = '', c = ''] = await make.users('member', 3)
    })

    const patch = (id: string, ...operations: object[]): Promise<Answer> =>
      ask('PATCH', `/Groups/${id}`, { body: patchOf(...operations) })

    /** The members of a new group of `before` once the operations are through. */
    async function membersAfter(before: readonly string[], ...operations: object[]): Promise<string[]> {
      const { id } = await make.group(`After ${made++}`, before)
      const answer = await patch(id, ...operations)
      expect(answer.status, answer.text).toBe(204)
      return make.membersOf(id)
    }

    async function refusal(before: readonly string[], ...operations: object[]): Promise<Answer['body']> {
      const { id } = await make.group(`Refused ${made++}`, before)
      const { status, body } = await patch(id, ...operations)
      expect(status, body?.detail).toBe(400)
      expect(await make.membersOf(id)).toEqual(before)
      return body
    }

    describe('as directories send them (§5, §6)', () => {
      it('R78 Okta: remove by a filter and add, in one PATCH; a push replaces all', async () => {
        const remove = { op: 'remove', path: `members[value eq "${a}"]` }
        const add = { op: 'add', path: 'members', value: [{ value: c, display: 'c@acme.test' }] }
        expect(await membersAfter([a, b], remove, add)).toEqual([b, c])
        expect(await membersAfter([a, b], { op: 'replace', path: 'members', value: [{ value: c }] })).toEqual(
          [c],
        )
        const { id } = await make.group('Okta Renames', [a])
        await patch(id, { op: 'replace', value: { id, displayName: 'Okta Renamed' } })
        expect(await make.membersOf(id)).toEqual([a])
      })

      it('R78 Entra: capitals, $ref null, a value list to remove, several operations', async () => {
        const add = (id: string) => ({ op: 'Add', path: 'members', value: [{ $ref: null, value: id }] })
        const remove = (...ids: string[]) => ({
          op: 'Remove',
          path: 'members',
          value: ids.map(value => ({ $ref: null, value })),
        })
        expect(await membersAfter([], add(a), add(b), add(c), remove(b))).toEqual([a, c])
        expect(await membersAfter([a, b, c], remove(a, c))).toEqual([b])
      })

      it('R78 Entra with the flag: lower case, and a filter to remove', async () => {
        const add = { op: 'add', path: 'members', value: [{ value: c }] }
        expect(await membersAfter([a, b], add, { op: 'remove', path: `members[value eq "${b}"]` })).toEqual([
          a,
          c,
        ])
      })

      it('R78 JumpCloud and OneLogin: value lists, repeated for members that are there', async () => {
        const add = { op: 'add', path: 'members', value: [{ value: a }, { value: b }] }
        expect(await membersAfter([a], add, add)).toEqual([a, b])
        expect(
          await membersAfter([a, b], { op: 'remove', path: 'members', value: [{ value: a }, { value: c }] }),
        ).toEqual([b])
      })

      it('takes members as plain texts, as one object, without a path, and under their URN', async () => {
        expect(await membersAfter([a], { op: 'add', path: 'members', value: [b, c] })).toEqual([a, b, c])
        expect(await membersAfter([a], { op: 'add', path: 'members', value: { value: b } })).toEqual([a, b])
        expect(await membersAfter([a], { op: 'add', value: { members: [{ value: b }] } })).toEqual([a, b])
        expect(await membersAfter([a], { op: 'replace', value: { members: [b] } })).toEqual([b])
        const urn = 'urn:ietf:params:scim:schemas:core:2.0:Group:members'
        expect(await membersAfter([a], { op: 'add', path: urn, value: [b] })).toEqual([a, b])
        expect(
          await membersAfter([a], { op: 'add', path: 'MEMBERS', value: [{ VALUE: b.toUpperCase() }] }),
        ).toEqual([a, b])
      })

      it('R65 takes a missing op for replace and an empty list of operations for no change', async () => {
        expect(await membersAfter([a], { path: 'members', value: [{ value: b }] })).toEqual([b])
        expect(await membersAfter([a])).toEqual([a])
      })
    })

    describe('one by one (§3.5.2)', () => {
      it('R72 R76 clears by a bare remove, by replace with an empty list, and by null', async () => {
        expect(await membersAfter([a, b], { op: 'remove', path: 'members' })).toEqual([])
        expect(await membersAfter([a, b], { op: 'replace', path: 'members', value: [] })).toEqual([])
        expect(await membersAfter([a, b], { op: 'replace', path: 'members', value: null })).toEqual([])
        expect(await membersAfter([a, b], { op: 'add', path: 'members', value: null })).toEqual([])
        expect(await membersAfter([a, b], { op: 'add', path: 'members', value: [] })).toEqual([a, b])
      })

      it('removes whom a filter chooses, whatever it asks', async () => {
        const inner = (await make.group('Chosen Inside')).id
        const remove = (filter: string) => ({ op: 'remove', path: `members[${filter}]` })
        expect(await membersAfter([a, b, inner], remove('type eq "Group"'))).toEqual([a, b])
        expect(await membersAfter([a, b, c], remove(`value eq "${a}" or value eq "${c}"`))).toEqual([b])
        expect(await membersAfter([a, b, c], remove(`not (value eq "${a}")`))).toEqual([a])
        expect(await membersAfter([a, b, inner], remove('display eq "chosen inside"'))).toEqual([a, b])
        expect(await membersAfter([a, b], remove(`$ref ew "/Users/${a}"`))).toEqual([b])
      })

      it('R70 R71 replaces the member that a filter chooses, and adds the one it names when there is none', async () => {
        const path = `members[value eq "${a}"]`
        expect(await membersAfter([a, b], { op: 'replace', path, value: { value: c } })).toEqual([b, c])
        expect(await membersAfter([b], { op: 'add', path, value: { type: 'User' } })).toEqual([a, b])
        expect(await membersAfter([a, b], { op: 'add', path, value: { value: a } })).toEqual([a, b])
      })

      it('R74 changes no part of a member', async () => {
        const path = `members[value eq "${a}"]`
        expect(await refusal([a], { op: 'add', path, value: { value: b } })).toMatchObject({
          scimType: 'mutability',
        })
        expect(await refusal([a], { op: 'replace', path: 'members.value', value: b })).toMatchObject({
          scimType: 'mutability',
        })
        expect(await refusal([a], { op: 'remove', path: `${path}.type` })).toMatchObject({
          scimType: 'mutability',
        })
      })

      it('R67 R78 leaves version and lastModified when nobody comes or goes, in the end', async () => {
        const { id } = await make.group('Unmoved', [a])
        const before = (await ask('GET', `/Groups/${id}`)).body
        surface.ctx.clock.advance(1000)
        const add = (value: string) => ({ op: 'add', path: 'members', value: [{ value }] })
        const remove = (value: string) => ({ op: 'remove', path: `members[value eq "${value}"]` })
        for (const operations of [
          [add(a)],
          [remove(b)],
          [{ op: 'remove', path: 'members', value: [{ value: b }] }],
          [{ op: 'remove', path: 'members', value: [{ value: 'no id at all' }] }],
          [{ op: 'replace', path: 'members', value: [{ value: a }] }],
          [add(b), remove(b)],
          [remove(a), add(a)],
          [{ op: 'remove', path: 'members' }, add(a)],
        ]) {
          expect((await patch(id, ...operations)).status).toBe(204)
          expect((await ask('GET', `/Groups/${id}`)).body).toEqual(before)
        }
      })
    })

    describe('refusals', () => {
      it('R78 names the members that do not exist, up to ten, and does nothing of the PATCH', async () => {
        const add = (...ids: string[]) => ({
          op: 'add',
          path: 'members',
          value: ids.map(value => ({ value })),
        })
        const unknown = newId()
        const one = await refusal([a], add(b), add(c, unknown, 'not-an-id'))
        expect(one.scimType).toBe('invalidValue')
        expect(one.detail).toContain(`"${unknown}", "not-an-id" came`)
        const many = await refusal([a], add(...Array.from({ length: 14 }, () => newId())))
        expect(many.detail).toMatch(/(?:"[0-9a-f-]{36}"(?:, | and )){10}4 more came/)
        expect(await refusal([a], { op: 'replace', path: 'members', value: [unknown] })).toMatchObject({
          scimType: 'invalidValue',
        })
      })

      it('R75 refuses a member without an id before it looks for the group', async () => {
        const missing = `/Groups/${newId()}`
        const ask400 = async (operation: object) => {
          const { status, body } = await ask('PATCH', missing, { body: patchOf(operation) })
          expect(status, JSON.stringify(operation)).toBe(400)
          return body.scimType
        }
        for (const value of [[{ type: 'User' }], [{ value: ' ' }], [7], [{ value: { a: 1 } }], [[a]]]) {
          const scimType = await ask400({ op: 'add', path: 'members', value })
          expect([value, scimType]).toEqual([value, 'invalidValue'])
        }
        expect(await ask400({ op: 'remove', path: 'members[value eq' })).toBe('invalidPath')
        expect(await ask400({ op: 'remove', path: 'members[name eq "x"]' })).toBe('invalidPath')
        const fine = patchOf({ op: 'add', path: 'members', value: [a] })
        expect((await ask('PATCH', missing, { body: fine })).status).toBe(404)
      })

      it('R71 R72 strict: refuses a filter that chooses nobody with noTarget, and texts for members', async () => {
        const tenant = await surface.addTenant('strict-groups.test', { scimProfile: 'strict' })
        const strict = surface.as(tenant)
        const directory = makeDirectory(strict)
        const user = await directory.user('strict')
        const { id } = await directory.group('Strict')
        const send = async (operation: object) =>
          (await strict.ask('PATCH', `/Groups/${id}`, { body: patchOf(operation) })).body?.scimType
        const path = `members[value eq "${user.id}"]`
        expect(await send({ op: 'remove', path })).toBe('noTarget')
        expect(await send({ op: 'replace', path, value: { value: user.id } })).toBe('noTarget')
        expect(await send({ op: 'add', path: 'members', value: [user.id] })).toBe('invalidValue')
        expect(await send({ op: 'add', path: 'members', value: [{ value: user.id }] })).toBeUndefined()
        expect(await directory.membersOf(id)).toEqual([user.id])
      })

      it('R28 lets no group be inside itself, however far around', async () => {
        const one = (await make.group('Circle 1')).id
        const two = (await make.group('Circle 2', [one])).id
        const three = (await make.group('Circle 3', [two])).id
        const add = (value: string) => ({ op: 'add', path: 'members', value: [{ value }] })
        for (const id of [one, two, three]) {
          const { status, body } = await patch(one, add(id))
          expect([status, body.scimType]).toEqual([400, 'invalidValue'])
          expect(body.detail).toContain(id)
        }
        const put = await ask('PUT', `/Groups/${one}`, { body: group('Circle 1', { members: [three] }) })
        expect(put.status).toBe(400)
        expect((await patch(three, add(one))).status).toBe(204)
      })

      it('R28 lets one of two through that would close a circle together', async () => {
        for (let round = 0; round < 8; round++) {
          const ids = [(await make.group(`Left ${round}`)).id, (await make.group(`Right ${round}`)).id]
          const add = (value = '') => ({ op: 'add', path: 'members', value: [{ value }] })
          const [left = '', right = ''] = ids
          const answers = await Promise.all([patch(left, add(right)), patch(right, add(left))])
          expect(answers.map(answer => answer.status).sort()).toEqual([204, 400])
        }
      })
    })

    it('R78 leaves out whom nobody knows where the domain says so, and tells it in the log', async () => {
      const easy = surface.as(await surface.addTenant('easy.test', { scimUnknownMembers: 'drop' }))
      const inside = makeDirectory(easy)
      const known = (await inside.user('known')).id
      const members = [known, a, 'nobody'].map(value => ({ value }))
      const made = await easy.ask('POST', '/Groups', { body: group('Easy', { members }) })
      expect([made.status, made.body.members.map((each: { value: string }) => each.value)]).toEqual([
        201,
        [known],
      ])
      const change = (op: string) =>
        easy.ask('PATCH', `/Groups/${made.body.id}`, {
          body: patchOf({ op, path: 'members', value: members }),
        })
      for (const op of ['add', 'replace']) expect((await change(op)).status).toBe(204)
      expect(await inside.membersOf(made.body.id)).toEqual([known])
      const { meta } = (await easy.ask('GET', `/Groups/${made.body.id}`)).body
      expect(meta.version).toBe('W/"1"')
      const itself = [{ value: made.body.id }]
      const circle = await easy.ask('PATCH', `/Groups/${made.body.id}`, {
        body: patchOf({ op: 'add', path: 'members', value: itself }),
      })
      expect(circle.status).toBe(400)
      const [row] = await easy.log().then(rows => rows.filter(each => each.request_path.endsWith('/Groups')))
      expect(row?.outcome).toContain('left out 2 members whom nobody knows here')
    })

    it('R79 loses none of 60 members added in parallel, nor of 30 that go meanwhile', async () => {
      const users = await make.users('parallel', 90)
      const { id } = await make.group('Parallel', users.slice(60))
      const add = (value: string) => ({ op: 'add', path: 'members', value: [{ value }] })
      const remove = (value: string) => ({ op: 'remove', path: `members[value eq "${value}"]` })
      const answers = await Promise.all(
        users.map((user, index) => patch(id, index < 60 ? add(user) : remove(user))),
      )
      expect(answers.map(answer => answer.status)).toEqual(users.map(() => 204))
      expect(await make.membersOf(id)).toEqual(users.slice(0, 60))
      expect((await ask('GET', `/Groups/${id}?excludedAttributes=members`)).body.meta.version).toBe('W/"91"')
    })

    it('agrees with a plain set on random operations', async () => {
      const everybody = [a, b, c, (await make.group('Random Inside')).id]
      const { id } = await make.group('Random')
      const someone = fc.constantFrom(...everybody)
      const some = fc.uniqueArray(someone, { maxLength: 4 })
      type Step = readonly [object, (members: Set<string>) => Set<string>]
      const elements = (ids: readonly string[]) => ids.map(value => ({ value }))
      const step: fc.Arbitrary<Step> = fc.oneof(
        some.map(
          (ids): Step => [
            { op: 'add', path: 'members', value: elements(ids) },
            members => members.union(new Set(ids)),
          ],
        ),
        some.map(
          (ids): Step => [
            { op: 'remove', path: 'members', value: elements(ids) },
            members => members.difference(new Set(ids)),
          ],
        ),
        some.map((ids): Step => [{ op: 'replace', value: { members: elements(ids) } }, () => new Set(ids)]),
        someone.map(
          (one): Step => [
            { op: 'remove', path: `members[value eq "${one}"]` },
            members => members.difference(new Set([one])),
          ],
        ),
        fc.constant<Step>([
          { op: 'remove', path: 'members[type eq "User"]' },
          members => members.difference(new Set([a, b, c])),
        ]),
        fc.constant<Step>([{ op: 'remove', path: 'members' }, () => new Set()]),
      )
      let model = new Set<string>()
      const agrees = async (steps: readonly Step[]) => {
        const version = (await ask('GET', `/Groups/${id}`)).body.meta.version
        const answer = await patch(id, ...steps.map(([operation]) => operation))
        expect(answer.status, answer.text).toBe(204)
        const before = model
        for (const [, apply] of steps) model = apply(model)
        expect((await make.membersOf(id)).sort()).toEqual([...model].sort())
        const isSame = before.symmetricDifference(model).size === 0
        expect((await ask('GET', `/Groups/${id}`)).body.meta.version === version).toBe(isSame)
      }
      const steps = fc.array(step, { minLength: 1, maxLength: 5 })
      await fc.assert(fc.asyncProperty(steps, agrees), { numRuns: runs })
    })

    it('R65 reads the operations under another case, without the schema', async () => {
      const { id } = await make.group('Other Case')
      const body = { operations: [{ OP: 'Add', Path: 'members', Value: [a] }] }
      expect((await ask('PATCH', `/Groups/${id}`, { body })).status).toBe(204)
      expect(await make.membersOf(id)).toEqual([a])
    })
  })
})
