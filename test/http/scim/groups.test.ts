// Groups over HTTP: the verbs, what is shown of members and what is not even looked at.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { eachDatabase } from '../../database.ts'
import { statementsOf } from '../../statements.ts'
import { group, groupSchema, makeDirectory } from './directory.ts'
import { openSurface, patchOf, type Surface } from './surface.ts'

describe('groups', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let ask: Surface['ask']
    let make: ReturnType<typeof makeDirectory>

    beforeAll(async () => {
      surface = await openSurface(await open())
      ask = surface.ask
      make = makeDirectory(surface)
    })

    /** The statements that an answer took. */
    const textsOf = async (work: () => Promise<unknown>): Promise<string[]> =>
      (await statementsOf(surface.ctx.db, work)).map(({ sql }) => sql)

    describe('create (§3.3)', () => {
      it('R28 R34 answers 201 with the members as they are, whatever the client says of them', async () => {
        const ada = await make.user('ada', { displayName: 'Ada Lovelace' })
        const inner = await make.group('Inner')
        const { status, headers, body } = await ask('POST', '/Groups', {
          body: group('Outer', {
            externalId: 'g-1',
            members: [
              { value: ada.id, display: 'Somebody Else', type: 'Group', $ref: null },
              { value: inner.id.toUpperCase() },
            ],
          }),
        })
        expect(status).toBe(201)
        const base = `http://127.0.0.1:3000/scim/v2/${surface.tenant.domain.id}`
        expect(body).toEqual({
          schemas: [groupSchema],
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          externalId: 'g-1',
          displayName: 'Outer',
          members: [
            { value: ada.id, $ref: `${base}/Users/${ada.id}`, type: 'User', display: 'Ada Lovelace' },
            { value: inner.id, $ref: `${base}/Groups/${inner.id}`, type: 'Group', display: 'Inner' },
          ],
          meta: {
            resourceType: 'Group',
            created: expect.any(String),
            lastModified: body.meta.created,
            location: `${base}/Groups/${body.id}`,
            version: 'W/"1"',
          },
        })
        expect(headers.get('location')).toBe(body.meta.location)
        expect((await ask('GET', `/Groups/${body.id}`)).body).toEqual(body)
      })

      it('R18 takes no members, null and an empty list for the same, and shows none', async () => {
        for (const [name, members] of [
          ['None', undefined],
          ['Null', null],
          ['Empty', []],
          ['Nothings', [{ value: null, display: 'x' }]],
        ] as const) {
          const { status, body } = await ask('POST', '/Groups', { body: group(name, { members }) })
          expect([name, status, 'members' in body]).toEqual([name, 201, false])
        }
      })

      it('R36 refuses a displayName that is taken, in whatever case, and R28 one that is missing', async () => {
        await make.group('Taken')
        const taken = await ask('POST', '/Groups', { body: group('tAKEN') })
        expect(taken).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } })
        expect(taken.body.detail).toContain('displayName')
        const nameless = await ask('POST', '/Groups', { body: { schemas: [groupSchema] } })
        expect(nameless).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } })
        const other = await surface.addTenant('names.test')
        expect((await surface.as(other).ask('POST', '/Groups', { body: group('Taken') })).status).toBe(201)
      })

      it('makes nothing when a member is unknown', async () => {
        const body = group('Half', { members: [{ value: newId() }] })
        expect((await ask('POST', '/Groups', { body })).status).toBe(400)
        expect((await ask('GET', '/Groups?filter=displayName eq "half"')).body.totalResults).toBe(0)
      })
    })

    describe('read (§3.4)', () => {
      it('R29 shows members under the names of today', async () => {
        const user = await make.user('renamed', { displayName: 'Before' })
        const inner = await make.group('Before Too')
        const { id } = await make.group('Namesakes', [user.id, inner.id])
        const names = async () =>
          (await ask('GET', `/Groups/${id}`)).body.members.map((each: { display: string }) => each.display)
        expect(await names()).toEqual(['Before', 'Before Too'])
        const rename = patchOf({ op: 'replace', path: 'displayName', value: 'After "quoted" \\' })
        await ask('PATCH', `/Users/${user.id}`, { body: rename })
        await ask('PATCH', `/Groups/${inner.id}`, { body: rename })
        expect(await names()).toEqual(['After "quoted" \\', 'After "quoted" \\'])
        await ask('PATCH', `/Users/${user.id}`, { body: patchOf({ op: 'remove', path: 'displayName' }) })
        expect(await names()).toEqual([undefined, 'After "quoted" \\'])
      })

      it('R56 does not even look at members that nobody wants to see', async () => {
        const user = await make.user('unseen')
        const { id } = await make.group('Unseen', [user.id])
        const looksAtMembers = async (path: string) =>
          (await textsOf(() => ask('GET', path))).some(sql => /group_(users|groups)/.test(sql))
        for (const query of [
          'excludedAttributes=members',
          'excludedAttributes=MEMBERS,meta',
          `excludedAttributes=${groupSchema}:members`,
          'attributes=displayName',
        ]) {
          expect([query, await looksAtMembers(`/Groups/${id}?${query}`)]).toEqual([query, false])
          expect([query, await looksAtMembers(`/Groups?${query}`)]).toEqual([query, false])
          const { body } = await ask('GET', `/Groups/${id}?${query}`)
          expect(body).not.toHaveProperty('members')
        }
        expect(await looksAtMembers(`/Groups/${id}?attributes=members.value`)).toBe(true)
        const { body } = await ask('GET', `/Groups/${id}?attributes=members.value`)
        expect(body).toEqual({ schemas: [groupSchema], id, members: [{ value: user.id }] })
        const parts = await ask('GET', `/Groups/${id}?excludedAttributes=members.$ref,members.type,meta`)
        expect(parts.body.members).toEqual([{ value: user.id }])
      })

      it('R68 R82 looks at no members either where the answer is 204 or 304', async () => {
        const { id } = await make.group('Quiet')
        const user = await make.user('quiet')
        const add = patchOf({ op: 'add', path: 'members', value: [{ value: user.id }] })
        const writes = await textsOf(() => ask('PATCH', `/Groups/${id}`, { body: add }))
        expect(writes.filter(sql => /^select.*group_users/is.test(sql))).toEqual([])
        const headers = { 'If-None-Match': 'W/"2"' }
        let status: number | undefined
        const reads = await textsOf(async () => {
          status = (await ask('GET', `/Groups/${id}`, { headers })).status
        })
        expect(status).toBe(304)
        expect(reads.filter(sql => sql.includes('group_users'))).toEqual([])
      })

      it('lists groups with their members by two statements for the whole page', async () => {
        const users = await make.users('listed', 3)
        for (const name of ['List 1', 'List 2', 'List 3']) await make.group(name, users)
        const filter = encodeURIComponent('displayName sw "list "')
        let body: { Resources: { members: { value: string }[] }[] } = { Resources: [] }
        const statements = await textsOf(async () => {
          body = (await ask('GET', `/Groups?filter=${filter}`)).body
        })
        expect(body.Resources.map(each => each.members.map(member => member.value))).toEqual([
          users,
          users,
          users,
        ])
        expect(statements.filter(sql => /group_(users|groups)/.test(sql))).toHaveLength(2)
      })

      it('R47 R54 finds groups by name, external id and member', async () => {
        const [one = '', two = ''] = await make.users('found', 2)
        const inner = await make.group('Found Inside', [two])
        const outer = await make.group('Found Outside', [one, inner.id], { externalId: 'found-1' })
        const find = async (filter: string) =>
          (await ask('GET', `/Groups?filter=${encodeURIComponent(filter)}`)).body.Resources.map(
            (each: { id: string }) => each.id,
          )
        expect(await find('displayName eq "FOUND outside"')).toEqual([outer.id])
        expect(await find('externalId eq "found-1"')).toEqual([outer.id])
        expect(await find(`members.value eq "${one.toUpperCase()}"`)).toEqual([outer.id])
        expect(await find(`members eq "${inner.id}"`)).toEqual([outer.id])
        expect(await find(`members[value eq "${two}"]`)).toEqual([inner.id])
        expect(await find(`members[value eq "${one}" and type eq "Group"]`)).toEqual([])
        expect(await find('members[type eq "group" and display co "inside"]')).toEqual([outer.id])
        expect(await find('displayName sw "Found" and not (members.type eq "Group")')).toEqual([inner.id])
        expect(await find(`displayName sw "Found" and members pr`)).toEqual([inner.id, outer.id])
        expect(await find(`members.$ref ew "/Users/${one}"`)).toEqual([outer.id])
      })
    })

    describe('replace (§3.5.1)', () => {
      it('R64 makes the members those that came, and writes only the difference', async () => {
        const [a = '', b = '', c = ''] = await make.users('put', 3)
        const { id } = await make.group('Put', [a, b], { externalId: 'put-1' })
        const answer = await ask('PUT', `/Groups/${id}`, {
          body: group('Put', { members: [{ value: b }, { value: c }] }),
        })
        expect(answer.status).toBe(200)
        expect(answer.body).not.toHaveProperty('externalId')
        expect(await make.membersOf(id)).toEqual([b, c])
        const [row] = await surface.ctx.db
          .selectFrom('audit')
          .selectAll()
          .orderBy('id', 'desc')
          .limit(1)
          .execute()
        expect(JSON.parse(row?.changes ?? '').members).toEqual({ before: [a], after: [c] })
        expect((await ask('PUT', `/Groups/${id}`, { body: group('Put') })).body).not.toHaveProperty('members')
      })

      it('R67 takes its own answer back and changes nothing', async () => {
        const user = await make.user('same')
        const { id } = await make.group('Same', [user.id])
        const { body } = await ask('GET', `/Groups/${id}`)
        surface.ctx.clock.advance(1000)
        expect((await ask('PUT', `/Groups/${id}`, { body })).body).toEqual(body)
      })
    })

    describe('change (§3.5.2)', () => {
      it('R68 answers 204, or 200 to return=representation and whenever attributes are asked for', async () => {
        const { id } = await make.group('Answers')
        const rename = (name: string) => patchOf({ op: 'replace', value: { id, displayName: name } })
        const short = await ask('PATCH', `/Groups/${id}`, { body: rename('Answers 1') })
        expect([short.status, short.text, short.headers.get('etag')]).toEqual([204, '', 'W/"2"'])
        const whole = await ask('PATCH', `/Groups/${id}`, {
          body: rename('Answers 2'),
          headers: { Prefer: 'return=representation' },
        })
        expect(whole).toMatchObject({ status: 200, body: { id, displayName: 'Answers 2' } })
        expect(whole.headers.get('preference-applied')).toBe('return=representation')
        const part = await ask('PATCH', `/Groups/${id}?attributes=displayName`, { body: rename('Answers 3') })
        expect(part.body).toEqual({ schemas: [groupSchema], id, displayName: 'Answers 3' })
      })

      it('R36 R67 refuses the name of another group and keeps the members as they were', async () => {
        const user = await make.user('kept')
        await make.group('Held')
        const { id } = await make.group('Holder')
        const body = patchOf(
          { op: 'add', path: 'members', value: [{ value: user.id }] },
          { op: 'replace', path: 'displayName', value: 'HELD' },
        )
        expect((await ask('PATCH', `/Groups/${id}`, { body })).body).toMatchObject({ scimType: 'uniqueness' })
        expect((await ask('GET', `/Groups/${id}`)).body).toMatchObject({
          displayName: 'Holder',
          meta: { version: 'W/"1"' },
        })
        expect(await make.membersOf(id)).toEqual([])
      })

      it('R72 R74 refuses to remove the name and to set what is ours', async () => {
        const { id } = await make.group('Named')
        const refusal = async (operation: object) =>
          (await ask('PATCH', `/Groups/${id}`, { body: patchOf(operation) })).body.scimType
        expect(await refusal({ op: 'remove', path: 'displayName' })).toBe('mutability')
        expect(await refusal({ op: 'replace', path: 'id', value: newId() })).toBe('mutability')
        expect(await refusal({ op: 'replace', path: 'members[value eq "x"].display', value: 'y' })).toBe(
          'mutability',
        )
      })

      it('R82 R79 refuses with 412 a change that means another version', async () => {
        const user = await make.user('stale')
        const { id } = await make.group('Stale')
        const body = patchOf({ op: 'add', path: 'members', value: [user.id] })
        const stale = { 'If-Match': 'W/"7"' }
        expect((await ask('PATCH', `/Groups/${id}`, { body, headers: stale })).status).toBe(412)
        expect((await ask('DELETE', `/Groups/${id}`, { headers: stale })).status).toBe(412)
        expect(await make.membersOf(id)).toEqual([])
        const right = { 'If-Match': 'W/"1"' }
        expect((await ask('PATCH', `/Groups/${id}`, { body, headers: right })).status).toBe(204)
      })
    })

    describe('delete (§3.6)', () => {
      it('R80 is gone from every list, from other groups and from its users; its name is free', async () => {
        const user = await make.user('left')
        const inner = await make.group('Going', [user.id])
        const outer = await make.group('Staying', [inner.id])
        expect((await ask('DELETE', `/Groups/${inner.id}`)).status).toBe(204)
        for (const method of ['GET', 'DELETE'])
          expect((await ask(method, `/Groups/${inner.id}`)).status).toBe(404)
        const body = patchOf({ op: 'add', path: 'members', value: [user.id] })
        expect((await ask('PATCH', `/Groups/${inner.id}`, { body })).status).toBe(404)
        expect(await make.membersOf(outer.id)).toEqual([])
        expect((await ask('GET', `/Users/${user.id}`)).body).not.toHaveProperty('groups')
        expect((await ask('GET', '/Groups?filter=displayName eq "going"')).body.totalResults).toBe(0)
        await make.group('Going')
      })

      it('R80 a deleted user leaves its groups, a deactivated one stays in them', async () => {
        const [gone = '', resting = ''] = await make.users('leaving', 2)
        const { id } = await make.group('Left Behind', [gone, resting])
        await ask('PATCH', `/Users/${resting}`, {
          body: patchOf({ op: 'replace', value: { active: false } }),
        })
        expect(await make.membersOf(id)).toEqual([gone, resting])
        await ask('DELETE', `/Users/${gone}`)
        expect(await make.membersOf(id)).toEqual([resting])
      })
    })

    it('R9 hides the groups of another tenant from every verb and from every filter', async () => {
      const other = surface.as(await surface.addTenant('hidden-groups.test'))
      const theirs = await makeDirectory(other).user('theirs')
      const hidden = await makeDirectory(other).group('Hidden', [theirs.id])
      const before = (await other.ask('GET', `/Groups/${hidden.id}`)).body
      const path = `/Groups/${hidden.id}`
      expect((await ask('GET', path)).status).toBe(404)
      expect((await ask('PUT', path, { body: group('Mine') })).status).toBe(404)
      const body = patchOf({ op: 'remove', path: 'members' })
      expect((await ask('PATCH', path, { body })).status).toBe(404)
      expect((await ask('DELETE', path)).status).toBe(404)
      for (const filter of [`members.value eq "${theirs.id}"`, `members[value eq "${theirs.id}"]`]) {
        const found = await ask('GET', `/Groups?filter=${encodeURIComponent(filter)}`)
        expect(found.body.totalResults).toBe(0)
      }
      const users = await ask('GET', `/Users?filter=${encodeURIComponent(`groups.value eq "${hidden.id}"`)}`)
      expect(users.body.totalResults).toBe(0)
      const made = await ask('POST', '/Groups', { body: group('Taker', { members: [{ value: theirs.id }] }) })
      expect(made).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } })
      const nested = await ask('POST', '/Groups', { body: group('Taker', { members: [hidden.id] }) })
      expect(nested).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } })
      expect((await other.ask('GET', path)).body).toEqual(before)
    })

    it('tells in the log what happened to whom', async () => {
      const told = surface.as(await surface.addTenant('told.test'))
      const directory = makeDirectory(told)
      const [a = '', b = '', c = ''] = await directory.users('told', 3)
      const { id } = await directory.group('Engineering', [a])
      const patch = (...operations: object[]) =>
        told.ask('PATCH', `/Groups/${id}`, { body: patchOf(...operations) })
      await patch(
        { op: 'add', path: 'members', value: [b, c] },
        { op: 'remove', path: `members[value eq "${a}"]` },
      )
      await patch({ op: 'add', path: 'members', value: [b] })
      await patch({ op: 'add', path: 'members', value: ['nobody'] })
      const outcomes = (await told.log()).filter(row => row.resource_type === 'Group').map(row => row.outcome)
      expect(outcomes).toEqual([
        'Created the group E***g: added 1 member.',
        'Updated the group E***g: added 2 members, removed 1 member.',
        'Found nothing to change in the group E***g.',
        'Refused to change the group E***g: Members must be users or groups of this domain, but "nobody" came.',
      ])
    })
  })
})
