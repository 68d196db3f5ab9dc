// Resources as they are answered: large groups in pieces, so that many readers at once hold little.
import { beforeAll, describe, expect, it } from 'vitest'
import { groupKind } from '../../src/provision/groups/groups.ts'
import { present, show } from '../../src/provision/show.ts'
import { type Projection, readProjection } from '../../src/scim/query/project.ts'
import { eachDatabase } from '../database.ts'
import { makeDirectory } from '../http/scim/directory.ts'
import { insertManyMembers, insertManyUsers, manyId } from '../http/scim/many-users.ts'
import { openSurface, type Surface } from '../http/scim/surface.ts'

const size = 2_600

describe('show', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let id: string
    let ids: string[]

    beforeAll(async () => {
      surface = await openSurface(await open(), { scimRateLimit: 0 })
      const { db } = surface.ctx
      const domainId = surface.tenant.domain.id
      await insertManyUsers(db, domainId, size)
      const make = makeDirectory(surface)
      const inside = await make.group('Inside')
      id = (await make.group('Large', [inside.id])).id
      await insertManyMembers(db, { domainId, groupId: id, from: 0, count: size })
      ids = [...Array.from({ length: size }, (_, index) => manyId(index)), inside.id]
    }, 60_000)

    const piecesOf = async (projection?: Projection) => {
      const { ctx, tenant } = surface
      const row = await groupKind.rows.find(ctx.db, tenant.domain.id, id)
      if (!row) throw new Error('the group is gone')
      const { text, excerpt } = await show(ctx, groupKind, { row, projection })
      if (text === null || typeof text === 'string') throw new Error('expected pieces')
      return { text, excerpt }
    }
    const valuesIn = (text: string) =>
      (JSON.parse(text).members as { value: string }[]).map(({ value }) => value)

    it('R28 has a large group in pieces, of which none holds all, and its excerpt whole', async () => {
      const { text, excerpt } = await piecesOf()
      const pieces: string[] = []
      for await (const piece of text) pieces.push(piece)
      const counts = pieces.map(piece => piece.split('"value"').length - 1)
      expect(Math.max(...counts)).toBe(2_000)
      expect(counts.filter(count => count > 0).slice(1)).toEqual([250, 250, 101])
      expect(valuesIn(pieces.join(''))).toEqual(ids)
      expect(JSON.parse(pieces.join('')).meta).toMatchObject({ resourceType: 'Group', version: 'W/"1"' })
      expect(valuesIn(excerpt ?? '')).toEqual(ids.slice(0, 10))
    })

    it('R56 shows what was asked for of every member', async () => {
      const { text } = await piecesOf(readProjection(groupKind.type, { attributes: 'members.value' }))
      let whole = ''
      for await (const piece of text) whole += piece
      expect(JSON.parse(whole).members).toEqual(ids.map(value => ({ value })))
      expect(Object.keys(JSON.parse(whole)).sort()).toEqual(['id', 'members', 'schemas'])
    })

    it('R39 has the groups of a list in pieces as well, those without members too', async () => {
      const { ctx, tenant } = surface
      const rows = await groupKind.rows.page(
        ctx.db,
        { domainId: tenant.domain.id, baseUrl: '' },
        { filter: undefined, sort: undefined, after: undefined, offset: 0, limit: 10 },
      )
      const texts = await present(ctx, groupKind, { rows, projection: undefined })
      expect(texts.map(({ text }) => typeof text)).toEqual(['object', 'object'])
      const { body } = await surface.ask('GET', '/Groups')
      expect(body.Resources.map((each: { displayName: string }) => each.displayName)).toEqual([
        'Inside',
        'Large',
      ])
      expect(body.Resources[0]).not.toHaveProperty('members')
      expect(valuesIn(JSON.stringify(body.Resources[1]))).toEqual(ids)
    })

    it('R39 R56 is the same in a list of one', async () => {
      const filter = encodeURIComponent('displayName eq "Large"')
      const { status, text } = await surface.ask('GET', `/Groups?filter=${filter}`)
      expect([status, JSON.parse(text).itemsPerPage]).toEqual([200, 1])
      expect(valuesIn(JSON.stringify(JSON.parse(text).Resources[0]))).toEqual(ids)
      const head = await surface.askAt('HEAD', `/scim/v2/${surface.tenant.domain.id}/Groups/${id}`)
      expect([head.status, head.text]).toEqual([200, ''])
      const [row] = (await surface.log()).filter(each => each.request_path.includes('filter'))
      expect(JSON.parse(row?.response_body ?? '').Resources[0].members).toHaveLength(10)
    })
  })
})
