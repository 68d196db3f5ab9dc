// The schemas of a domain over the Organizations API: who may, what is refused, and what the audit log says.
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../database.ts'
import { badge, badgeUrn, device, deviceUrn } from '../scim/registering.ts'
import { type Answer, type Client, type Installation, install } from './client.ts'

describe('/domains/{id}/scim/schemas', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    let owner: Client
    let names = 0
    beforeAll(async () => {
      installation = await install(await open(), { apiRateLimit: 0 })
      owner = installation.owner
    })
    const newDomain = async (by = owner, organizationId = installation.organizationId) => {
      names += 1
      const path = `/api/organizations/${organizationId}/domains`
      const { body } = await by('POST', path, { body: { domain: `schemas${names}.test` } })
      return `${path}/${body.id}`
    }
    const refusalOf = ({ status, body }: Answer) => [status, body.type, body.code, body.attr]
    const missing = [404, 'invalid_request', 'not_found', null]

    it('R33 POST: an extension and a type of resources are kept and shown as they were defined', async () => {
      const path = `${await newDomain()}/scim/schemas`
      const extension = await owner('POST', path, { body: badge })
      expect(extension.status).toBe(201)
      expect(extension.body).toMatchObject({ ...badge, required: false, resource_type: null })
      const type = await owner('POST', path, { body: device })
      expect(type.body).toMatchObject({ ...device, extends: null })
      expect((await owner('GET', `${path}/${badgeUrn}`)).body).toEqual(extension.body)
      expect((await owner('GET', `${path}/${encodeURIComponent(deviceUrn.toUpperCase())}`)).body).toEqual(
        type.body,
      )
      expect((await owner('GET', path)).body).toMatchObject({
        count: 2,
        next: null,
        results: [extension.body, type.body],
      })
      const { body: page } = await owner('GET', `${path}?limit=1&offset=1`)
      expect(page.results).toEqual([type.body])
    })

    it('POST: a definition that breaks a rule is refused with the member that it is about', async () => {
      const path = `${await newDomain()}/scim/schemas`
      await owner('POST', path, { body: device })
      const refusals = [
        [{}, 'required', 'id'],
        [{ ...badge, id: device.id }, 'unique', 'id'],
        [{ ...badge, attributes: [{ name: '__proto__' }] }, 'invalid_input', 'attributes'],
        [{ ...badge, extends: 'Device' }, 'invalid_input', 'extends'],
        [{ ...device, id: 'urn:example:other' }, 'unique', 'resource_type'],
      ] as const
      for (const [body, code, attr] of refusals)
        expect(refusalOf(await owner('POST', path, { body }))).toEqual([400, 'validation_error', code, attr])
      expect((await owner('GET', path)).body.count).toBe(1)
    })

    it('R20 POST: a complex attribute inside a complex one is refused in clear words', async () => {
      const path = `${await newDomain()}/scim/schemas`
      const inside = { name: 'in', type: 'complex', subAttributes: [{ name: 'x' }] }
      const attributes = [{ name: 'out', type: 'complex', subAttributes: [inside] }]
      const { body } = await owner('POST', path, { body: { ...badge, attributes } })
      expect(body).toMatchObject({ code: 'invalid_input', attr: 'attributes' })
      expect(body.detail).toContain('nothing is complex inside something complex')
    })

    it('PUT: changes what nobody uses in any way, but not its URN; the same again changes nothing', async () => {
      const path = `${await newDomain()}/scim/schemas`
      const { body: made } = await owner('POST', path, { body: badge })
      installation.ctx.clock.advance(1000)
      const at = `${path}/${badgeUrn}`
      expect((await owner('PUT', at, { body: badge })).body).toEqual(made)
      const attributes = [{ name: 'floor', type: 'string', description: 'F' }]
      const { id: _, ...changed } = { ...badge, extends: 'Group', required: true, attributes }
      const { status, body } = await owner('PUT', at, { body: changed })
      expect([status, body.id, body.extends, body.required]).toEqual([200, badgeUrn, 'Group', true])
      expect(body).toMatchObject({ attributes, created_at: made.created_at })
      expect(body.updated_at).not.toBe(made.updated_at)
      const moved = await owner('PUT', at, { body: { ...badge, id: 'urn:example:moved' } })
      expect(refusalOf(moved)).toEqual([400, 'validation_error', 'invalid_input', 'id'])
    })

    it('DELETE: what nobody uses is gone, and can be registered anew', async () => {
      const path = `${await newDomain()}/scim/schemas`
      for (const body of [badge, device]) {
        await owner('POST', path, { body })
        expect((await owner('DELETE', `${path}/${body.id}`)).status).toBe(204)
        expect(refusalOf(await owner('GET', `${path}/${body.id}`))).toEqual(missing)
        expect(refusalOf(await owner('DELETE', `${path}/${body.id}`))).toEqual(missing)
        expect((await owner('POST', path, { body })).status).toBe(201)
      }
    })

    it('is for administrators, each with the scope', async () => {
      const { organizationId, memberOf, clientWith } = installation
      const path = `${await newDomain()}/scim/schemas`
      const member = await memberOf(organizationId, 1)
      const reader = await memberOf(organizationId, 8, ['organization:read'])
      const admin = await memberOf(organizationId, 8, ['organization:write'])
      expect((await clientWith()('GET', path)).status).toBe(401)
      expect((await member('GET', path)).status).toBe(403)
      expect((await reader('POST', path, { body: badge })).status).toBe(403)
      expect((await admin('POST', path, { body: badge })).status).toBe(201)
      const at = `${path}/${badgeUrn}`
      for (const method of ['PUT', 'DELETE'])
        for (const client of [member, reader])
          expect((await client(method, at, { body: badge })).status).toBe(403)
      expect((await reader('GET', at)).status).toBe(200)
      expect((await member('GET', at)).status).toBe(403)
    })

    it('R9 is nothing to another organization', async () => {
      const path = `${await newDomain()}/scim/schemas`
      await owner('POST', path, { body: badge })
      const other = await installation.another()
      const theirs = path.replace(installation.organizationId, other.organizationId)
      for (const at of [path, theirs])
        for (const [method, below] of [
          ['GET', ''],
          ['POST', ''],
          ['GET', `/${badgeUrn}`],
          ['PUT', `/${badgeUrn}`],
          ['DELETE', `/${badgeUrn}`],
        ])
          expect(
            refusalOf(
              await other.owner(method ?? '', `${at}${below}`, method === 'GET' ? {} : { body: badge }),
            ),
          ).toEqual(missing)
      const own = `${await newDomain(other.owner, other.organizationId)}/scim/schemas`
      expect((await other.owner('POST', own, { body: badge })).status).toBe(201)
    })

    it('is in the audit log: what there was, and what there is', async () => {
      const path = `${await newDomain()}/scim/schemas`
      const at = `${path}/${badgeUrn}`
      await owner('POST', path, { body: badge })
      await owner('PUT', at, { body: { ...badge, description: 'Other' } })
      await owner('DELETE', at)
      const { body } = await owner('GET', `/api/organizations/${installation.organizationId}/audit_log`)
      const latest = (body.results as object[]).slice(0, 3)
      const target = { type: 'scim_schema', id: badgeUrn, label: badgeUrn }
      expect(latest).toMatchObject([
        { action: 'scim.schema_deleted', target, changes: { name: { before: 'Acme', after: null } } },
        {
          action: 'scim.schema_changed',
          target,
          changes: { description: { before: badge.description, after: 'Other' } },
        },
        { action: 'scim.schema_registered', target, changes: { extends: { before: null, after: 'User' } } },
      ])
    })
  })
})
