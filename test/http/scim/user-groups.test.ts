// The groups of users (RFC 7643 §4.1.2): derived from who is in which group, wherever a user is shown.
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../database.ts'
import { statementsOf } from '../../statements.ts'
import { makeDirectory } from './directory.ts'
import { openSurface, patchOf, person, type Surface } from './surface.ts'

describe('groups of users', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let ask: Surface['ask']
    let make: ReturnType<typeof makeDirectory>

    beforeAll(async () => {
      surface = await openSurface(await open())
      ask = surface.ask
      make = makeDirectory(surface)
    })

    /** What a user is shown to be in, with how. */
    const shown = (body: { groups?: { display: string; type: string }[] }) =>
      (body.groups ?? []).map(({ display, type }) => `${display} ${type}`)

    it('R27 are direct and, through other groups, indirect, each once', async () => {
      const user = await make.user('nested')
      const inner = await make.group('Inner', [user.id])
      const middle = await make.group('Middle', [inner.id])
      const outer = await make.group('Outer', [middle.id, user.id])
      const other = await make.group('Other', [inner.id, middle.id])
      const { body } = await ask('GET', `/Users/${user.id}`)
      expect(shown(body)).toEqual(['Inner direct', 'Middle indirect', 'Outer direct', 'Other indirect'])
      const base = `http://127.0.0.1:3000/scim/v2/${surface.tenant.domain.id}`
      expect(body.groups[0]).toEqual({
        value: inner.id,
        $ref: `${base}/Groups/${inner.id}`,
        display: 'Inner',
        type: 'direct',
      })
      expect(body.groups.map((each: { value: string }) => each.value)).toEqual([
        inner.id,
        middle.id,
        outer.id,
        other.id,
      ])
    })

    it('R27 are the same in every answer about a user', async () => {
      const user = await make.user('everywhere')
      await make.group('Everywhere', [user.id])
      const expected = ['Everywhere direct']
      const filter = encodeURIComponent('userName eq "everywhere@acme.test"')
      expect(shown((await ask('GET', `/Users?filter=${filter}`)).body.Resources[0])).toEqual(expected)
      expect(shown((await ask('GET', `/Users/${user.id}?attributes=groups`)).body)).toEqual(expected)
      const body = person('everywhere', { title: 'Dr', groups: [] })
      expect(shown((await ask('PUT', `/Users/${user.id}`, { body })).body)).toEqual(expected)
      const change = patchOf({ op: 'replace', value: { title: 'Prof', groups: [{ value: 'x' }] } })
      expect(shown((await ask('PATCH', `/Users/${user.id}`, { body: change })).body)).toEqual(expected)
      const found = await ask('POST', '/Users/.search', {
        body: {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
          filter: 'userName eq "everywhere@acme.test"',
        },
      })
      expect(shown(found.body.Resources[0])).toEqual(expected)
    })

    it('R27 are read only: ignored in POST and PUT, refused under their own path', async () => {
      const made = await ask('POST', '/Users', { body: person('only', { groups: [{ value: 'x' }] }) })
      expect(made.status).toBe(201)
      expect(made.body).not.toHaveProperty('groups')
      const set = patchOf({ op: 'add', path: 'groups', value: [{ value: 'x' }] })
      expect((await ask('PATCH', `/Users/${made.body.id}`, { body: set })).body).toMatchObject({
        status: '400',
        scimType: 'mutability',
      })
    })

    it('R16 leave version and lastModified of the user alone', async () => {
      const { id } = await make.user('still')
      const before = (await ask('GET', `/Users/${id}`)).body
      surface.ctx.clock.advance(1000)
      await make.group('Moving', [id])
      const after = (await ask('GET', `/Users/${id}`)).body
      expect(after.meta).toEqual(before.meta)
      const body = { ...after, title: undefined }
      expect((await ask('PUT', `/Users/${id}`, { body })).body).toEqual(after)
    })

    it('R56 are not even looked up when nobody wants to see them', async () => {
      const { id } = await make.user('unasked')
      const statements = await statementsOf(surface.ctx.db, async () => {
        for (const query of [
          'attributes=userName',
          'excludedAttributes=groups',
          'excludedAttributes=Groups,meta',
        ]) {
          await ask('GET', `/Users/${id}?${query}`)
          await ask('GET', `/Users?${query}`)
        }
        await ask('GET', '/Users?filter=userName%20eq%20%22nobody%22')
      })
      expect(statements.length).toBeGreaterThan(10)
      expect(statements.filter(({ sql }) => sql.includes('group_users'))).toEqual([])
    })

    it('R47 find users, whether they are in a group directly or not', async () => {
      const [a = '', b = '', c = ''] = await make.users('seek', 3)
      const inner = (await make.group('Seek Inner', [a, b])).id
      const outer = (await make.group('Seek Outer', [inner, c])).id
      const find = async (filter: string) =>
        (await ask('GET', `/Users?filter=${encodeURIComponent(filter)}`)).body.Resources.map(
          (each: { id: string }) => each.id,
        )
      expect(await find(`groups.value eq "${inner}"`)).toEqual([a, b])
      expect(await find(`groups eq "${outer.toUpperCase()}"`)).toEqual([a, b, c])
      expect(await find('groups.display eq "SEEK outer"')).toEqual([a, b, c])
      expect(await find('groups[display sw "seek" and type eq "indirect"]')).toEqual([a, b])
      expect(await find(`groups[value eq "${outer}" and type eq "direct"]`)).toEqual([c])
      expect(await find('userName sw "seek" and not (groups.type eq "indirect")')).toEqual([c])
      expect(await find(`groups.$ref ew "/Groups/${inner}"`)).toEqual([a, b])
      const only = await ask(
        'GET',
        `/Users?filter=${encodeURIComponent(`groups.value eq "${inner}"`)}&attributes=id`,
      )
      expect(only.body.Resources.map((each: object) => Object.keys(each).sort())).toEqual([
        ['id', 'schemas'],
        ['id', 'schemas'],
      ])
    })
  })
})
