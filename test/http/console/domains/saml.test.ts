// The SAML step in the console: metadata by URL, file or text and values by hand, looked at before they are saved.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Domain } from '../../../../src/domain/domain.ts'
import { csrfTokenOf } from '../../../../src/http/own-pages.ts'
import { eachDatabase } from '../../../database.ts'
import { idp, keyDescriptor, okta, pemOf, post, redirect, service } from '../../../saml/metadata-documents.ts'
import { type Console, openConsole, type Visitor } from '../visitor.ts'

/** The hidden fields of the form that saves. */
const fieldsOf = (page: string): Record<string, string> => {
  const form = /<form method="post" action="[^"]*\/saml[?#"][\s\S]*?<\/form>/.exec(page)?.[0] ?? ''
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)]
  const plain = (text: string) =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&')
  return Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, plain(value)]))
}

describe('SAML in the console', () => {
  eachDatabase((_, open) => {
    let console: Console
    let admin: Visitor
    let count = 0
    beforeAll(async () => {
      console = await openConsole(await open())
      admin = await console.enter(console.surface.tenant.organizationId, 8)
    })
    const addDomain = async (changes: Partial<Domain> = {}) => {
      const { tenant } = console.surface
      const name = `saml-${count++}.test`
      const { domain } = await console.surface.addDomain(tenant.organizationId, name, changes)
      return { id: domain.id, name, path: `/domains/${domain.id}` }
    }
    const preview = async (path: string, fields: Record<string, string>) =>
      (await admin.submit(`${path}/saml/preview`, fields)).text()
    const row = (id: string) =>
      console.surface.ctx.db.selectFrom('domains').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    const known = {
      samlEntityId: 'https://old.test',
      samlSsoUrl: 'https://old.test/sso',
      samlCertificates: pemOf('rsa-3072'),
    } as const

    it('shows what metadata says before anything is saved, and saves exactly that', async () => {
      const { id, path } = await addDomain()
      const page = await preview(path, { xml: okta, url: '', file: '' })
      expect(page).toContain('Look before you save')
      expect(page).toContain('http://www.okta.com/exk1')
      expect(page).toContain('https://acme.okta.com/app/exk1/sso/saml')
      expect(page).toContain('is new')
      expect((await row(id)).saml_entity_id).toBeNull()
      const saved = await admin.submit(`${path}/saml`, fieldsOf(page))
      expect(saved.status).toBe(200)
      expect(await saved.text()).toContain('Saved. Now try a sign-in')
      expect(await row(id)).toMatchObject({
        saml_entity_id: 'http://www.okta.com/exk1',
        saml_sso_url: 'https://acme.okta.com/app/exk1/sso/saml',
        saml_sso_binding: 'redirect',
        saml_metadata_url: null,
      })
    })

    it('takes a file, and the posted form and signed requests that its metadata asks for', async () => {
      const { id, path } = await addDomain()
      const form = new FormData()
      form.append('csrf', csrfTokenOf(admin.secret))
      form.append('url', '')
      form.append('xml', '')
      const xml = idp(
        keyDescriptor('rsa-2048') + service(post),
        'WantAuthnRequestsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"',
      )
      form.append('file', new File([xml], 'metadata.xml'))
      const encoded = new Response(form)
      const page = await (
        await admin.send(`${path}/saml/preview`, await encoded.arrayBuffer(), {
          'Content-Type': encoded.headers.get('content-type') ?? '',
        })
      ).text()
      expect(page).toContain('by a posted form')
      await admin.submit(`${path}/saml`, fieldsOf(page))
      expect(await row(id)).toMatchObject({ saml_sso_binding: 'post', saml_sign_requests: 1 })
    })

    it('fetches a URL, keeps it, and saves nothing when it says something else by then', async () => {
      const { id, path } = await addDomain()
      const url = 'https://idp.test/metadata'
      console.surface.ctx.pages.set(url, okta)
      const page = await preview(path, { url })
      expect(fieldsOf(page)).toMatchObject({ url })
      console.surface.ctx.pages.set(url, okta.replaceAll('exk1', 'exk2'))
      const changed = await admin.submit(`${path}/saml`, fieldsOf(page))
      const again = await changed.text()
      expect([changed.status, (await row(id)).saml_entity_id]).toEqual([409, null])
      expect(again).toContain('Nothing was saved')
      expect(again).toContain('http://www.okta.com/exk2')
      await admin.submit(`${path}/saml`, fieldsOf(again))
      expect(await row(id)).toMatchObject({
        saml_entity_id: 'http://www.okta.com/exk2',
        saml_metadata_url: url,
      })
    })

    it('takes three values by hand, and keeps what was typed where one is no good', async () => {
      const { id, path } = await addDomain()
      const typed = {
        entity_id: 'urn:by:hand',
        sso_url: 'https://idp.test/sso',
        certificate: pemOf('ec-p256'),
      }
      const page = await preview(path, typed)
      await admin.submit(`${path}/saml`, fieldsOf(page))
      expect(await row(id)).toMatchObject({
        saml_entity_id: 'urn:by:hand',
        saml_sso_url: 'https://idp.test/sso',
      })
      for (const [field, value, expected] of [
        ['sso_url', 'http://insecure.test', 'Expected an https URL'],
        ['certificate', pemOf('rsa-1024'), 'at least 2048 bits'],
        ['certificate', 'hello', 'Expected a certificate'],
        ['certificate', ' ', 'Expected all three values'],
        ['entity_id', 'x'.repeat(513), 'Expected at most 512 characters'],
      ] as const) {
        const response = await admin.submit(`${path}/saml/preview`, {
          ...typed,
          entity_id: 'urn:kept',
          [field]: value,
        })
        const text = await response.text()
        expect([field, response.status]).toEqual([field, 400])
        expect(text).toContain(expected)
        if (field !== 'entity_id') expect(text).toContain('value="urn:kept"')
      }
    })

    it('says what is wrong with metadata that is none, and what was expected of three ways', async () => {
      const { path } = await addDomain()
      const cases = [
        [{}, 'got nothing'],
        [{ xml: okta, url: 'https://idp.test/m' }, 'got a URL and text'],
        [{ url: okta }, 'Expected a URL'],
        [{ url: 'https://nowhere.test/metadata' }, 'could not be fetched'],
        [{ url: 'http://insecure.test/metadata' }, 'Expected an https URL'],
        [{ xml: 'https://idp.test/metadata' }, 'Expected XML'],
        [{ xml: '<EntityDescriptor/>' }, 'IDPSSODescriptor'],
        [{ xml: '<!DOCTYPE x><x/>' }, 'document type declaration'],
        [{ xml: idp(service(redirect)) }, 'Expected a signing certificate'],
      ] as const
      for (const [fields, expected] of cases) {
        const response = await admin.submit(`${path}/saml/preview`, fields)
        const page = await response.text()
        expect([fields, response.status]).toEqual([fields, 400])
        expect(page).toContain('role="alert"')
        expect(page).toContain(expected)
      }
    })

    it('warns of another identity provider, of old certificates, and of our own values', async () => {
      const { domain, path } = await addDomain(known).then(added => ({ domain: added.id, path: added.path }))
      expect(await preview(path, { xml: okta })).toContain('this is another identity provider')
      const { ctx } = console.surface
      const ours = {
        entity_id: `${ctx.config.baseUrl}/saml/${domain}/metadata`,
        sso_url: 'https://idp.test/sso',
        certificate: pemOf('rsa-2048-sha1'),
      }
      const page = await preview(path, ours)
      expect(page).toContain('the entity ID is our own')
      expect(page).toContain('signed with SHA-1')
      expect(page).toContain('goes')
      ctx.clock.advance(365 * 24 * 3_600_000 * 11)
      const late = await console.enter(console.surface.tenant.organizationId, 8)
      const expired = await (await late.submit(`${path}/saml/preview`, { xml: okta })).text()
      ctx.clock.advance(-365 * 24 * 3_600_000 * 11)
      expect(expired).toContain('every certificate has expired')
    })

    it('asks for the name of the domain where people have no other way in', async () => {
      const { id, name, path } = await addDomain({
        ...known,
        ssoEnforcement: 'saml',
        samlTestedAt: '2026-01-01T00:00:00.000Z',
      })
      const page = await preview(path, { xml: okta })
      expect(page).toContain('its people have no other way in')
      expect(page).toContain('these values have not been tested')
      const untyped = await admin.submit(`${path}/saml`, fieldsOf(page))
      expect([untyped.status, (await row(id)).saml_entity_id]).toEqual([400, known.samlEntityId])
      expect(await untyped.text()).toContain('Look before you save')
      await admin.submit(`${path}/saml`, { ...fieldsOf(page), confirm: name })
      expect((await row(id)).saml_entity_id).toBe('http://www.okta.com/exk1')
    })

    it('asks for it as well before addresses are looked for elsewhere', async () => {
      const { id, name, path } = await addDomain({ ...known, ssoEnforcement: 'saml' })
      const fields = { email: 'displayName' }
      const untyped = await admin.submit(`${path}/saml/attributes`, fields)
      const page = await untyped.text()
      expect([untyped.status, (await row(id)).saml_attribute_mapping]).toEqual([400, null])
      expect(page).toContain(`Expected &quot;${name}&quot; to be typed`)
      expect(page).toContain('value="displayName"')
      await admin.submit(`${path}/saml/attributes`, { ...fields, confirm: name })
      expect(JSON.parse((await row(id)).saml_attribute_mapping ?? '')).toEqual({ email: ['displayName'] })
    })

    it('says when a text that was refused is too long to be kept on the page', async () => {
      const { path } = await addDomain()
      const response = await admin.submit(`${path}/saml/preview`, { xml: `<x>${'y'.repeat(30_000)}</x>` })
      expect(await response.text()).toContain('30,007 characters')
    })

    it('shows hostile metadata inert', async () => {
      const { path } = await addDomain()
      const hostile = okta.replaceAll(
        'http://www.okta.com/exk1',
        '&lt;script&gt;alert(1)&lt;/script&gt;\u202Eevil\u200B&quot; onload=&quot;x',
      )
      const page = await preview(path, { xml: hostile })
      expect(page).toContain('Look before you save')
      expect(page).not.toContain('<script>alert')
      expect(page).not.toContain('" onload="')
      expect(page).toContain('\\u{202E}evil\\u{200B}')
      await admin.submit(`${path}/saml`, fieldsOf(page))
      const shown = await admin.text(path)
      expect(shown).not.toContain('<script>alert')
      expect(shown).toContain('\\u{202E}evil')
    })

    it('sets how attributes are read and who comes in, and keeps what was typed wrong', async () => {
      const { id, path } = await addDomain(known)
      await admin.submit(`${path}/saml/attributes`, {
        email: 'mail, e-mail',
        groups: ' ',
        first_name: 'vorname',
      })
      expect(JSON.parse((await row(id)).saml_attribute_mapping ?? '')).toEqual({
        email: ['mail', 'e-mail'],
        first_name: ['vorname'],
      })
      expect(await admin.text(path)).toContain('value="mail, e-mail"')
      await admin.submit(`${path}/settings`, { jit: 'on', roles: 'A = B = admin\r\n\r\nStaff=Member' })
      const set = await row(id)
      expect([set.jit_provisioning_enabled, set.saml_idp_initiated_enabled]).toEqual([1, 0])
      expect(JSON.parse(set.saml_role_mapping ?? '')).toEqual({ 'A = B': 8, Staff: 1 })
      const response = await admin.submit(`${path}/settings`, {
        idp_initiated: 'on',
        roles: 'Bosses = owner',
      })
      const refused = await response.text()
      expect(response.status).toBe(400)
      expect(refused).toContain('Line 1: expected')
      expect(refused).toMatch(/id="idp_initiated" name="idp_initiated" checked/)
      expect(refused).toContain('>Bosses = owner</textarea>')
      const twice = await admin.submit(`${path}/settings`, { roles: 'A = admin\n\nB = member\nA = member' })
      expect([twice.status, await twice.text()]).toEqual([
        400,
        expect.stringContaining('Line 4: expected each group once; &quot;A&quot; stands in line 1 already.'),
      ])
      expect((await row(id)).saml_idp_initiated_enabled).toBe(0)
      const many = Array.from({ length: 21 }, (_, at) => `n${at}`).join(', ')
      const tooMany = await admin.submit(`${path}/saml/attributes`, { email: many })
      expect([tooMany.status, await tooMany.text()]).toEqual([
        400,
        expect.stringContaining(`value="${many}"`),
      ])
      await admin.submit(`${path}/settings`, {})
      await admin.submit(`${path}/saml/attributes`, {})
      expect(await row(id)).toMatchObject({
        jit_provisioning_enabled: 0,
        saml_role_mapping: null,
        saml_attribute_mapping: null,
      })
    })

    it("changes nothing of another organization's domain, and nothing for members", async () => {
      const other = await console.surface.addTenant('saml-other.test')
      const member = await console.enter(console.surface.tenant.organizationId, 1)
      for (const path of ['/saml', '/saml/preview', '/saml/attributes', '/settings']) {
        expect((await admin.submit(`/domains/${other.domain.id}${path}`, { xml: okta })).status).toBe(404)
        const own = `/domains/${console.surface.tenant.domain.id}${path}`
        expect((await member.submit(own, { xml: okta })).status).toBe(403)
      }
    })

    it('tells the steps for the identity provider that was chosen, else for the one that it seems to be', async () => {
      const { path } = await addDomain()
      const current = (page: string) => /aria-current="true">([^<]+)/.exec(page)?.[1]
      expect(current(await admin.text(`${path}?idp=keycloak`))).toBe('Keycloak')
      expect(current(await admin.text(`${path}?idp=<script>`))).not.toBe('Keycloak')
      await admin.submit(`${path}/saml`, fieldsOf(await preview(path, { xml: okta })))
      expect(current(await admin.text(path))).toBe('Okta')
    })
  })
})
