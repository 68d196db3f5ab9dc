// A dry run in the console: the logged request with its true values, what would come of it, and nothing of it remaining.
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../../database.ts'
import { dumpDatabase } from '../../../database-dump.ts'
import { ada, patchOf, person } from '../../scim/surface.ts'
import { type Console, openConsole, type Visitor } from '../visitor.ts'
import { mostBytes } from '../weight.ts'

const okta = { 'User-Agent': 'Okta SCIM Client 1.0.0' }

describe('a dry run', () => {
  eachDatabase((_, open) => {
    let console: Console
    let admin: Visitor
    let log: string
    let adaId: string
    beforeAll(async () => {
      console = await openConsole(await open())
      const { surface } = console
      admin = await console.enter(surface.tenant.organizationId, 8)
      log = `/domains/${surface.tenant.domain.id}/scim-log`
      adaId = (await surface.ask('POST', '/Users', { body: ada })).body.id
    })

    const formOf = async (...asked: Parameters<Console['surface']['ask']>) => {
      await console.surface.ask(...asked)
      const rows = await console.surface.log()
      const path = `${log}/${rows.at(-1)?.id}/dry-run`
      const page = await admin.text(path)
      const value = (name: string) =>
        new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(page)?.[1]?.replaceAll('&quot;', '"')
      const body = /<textarea[^>]*>\n([^<]*)/.exec(page)?.[1]?.replaceAll('&quot;', '"') ?? ''
      const method = /<option value="(\w+)" selected>/.exec(page)?.[1] ?? ''
      return {
        path,
        page,
        fields: { method, path: value('path') ?? '', if_match: value('if_match') ?? '', body },
      }
    }
    const userOf = async (name: string) => {
      const { body } = await console.surface.ask('GET', `/Users?filter=userName eq "${name}@acme.test"`)
      return body.Resources[0]
    }
    const wordsOf = (page: string) => page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

    /** Sends the form, and holds the whole database against what it was. */
    const submit = async (path: string, fields: Record<string, string>) => {
      await console.surface.recorder.flush()
      const before = await dumpDatabase(console.surface.ctx.db)
      const response = await admin.submit(path, fields)
      await console.surface.recorder.flush()
      expect(await dumpDatabase(console.surface.ctx.db)).toEqual(before)
      return { status: response.status, text: wordsOf(await response.text()) }
    }

    it('begins with what came, its values told from whom it was about', async () => {
      const body = patchOf({ op: 'replace', value: { name: { familyName: 'Lovelace' }, title: 'Countess' } })
      const headers = { 'If-Match': 'W/"1"', ...okta }
      const { fields, page } = await formOf('PATCH', `/Users/${adaId}`, { body, headers })
      expect(fields).toMatchObject({ method: 'PATCH', path: `/Users/${adaId}`, if_match: 'W/"1"' })
      expect(JSON.parse(fields.body)).toEqual(body)
      expect(page).not.toContain('Put the true ones in their place')
      const filter = encodeURIComponent('userName eq "ada@acme.test"')
      const found = await formOf('GET', `/Users?filter=${filter}`)
      expect(found.fields).toMatchObject({ method: 'GET', path: '/Users?filter=userName eq "ada@acme.test"' })
    })

    it('looks for the very same again, whatever stands in its filter', async () => {
      const { surface } = console
      const name = 'R&D #1 (100%)'
      await surface.ask('POST', '/Users', { body: person('zoe+work') })
      await surface.ask('POST', '/Groups', { body: { displayName: name } })
      for (const [path, filter, found] of [
        ['/Users', 'userName eq "zoe+work@acme.test"', 'found one user'],
        ['/Groups', `displayName eq "${name}"`, 'found one group'],
      ]) {
        const form = await formOf('GET', `${path}?filter=${encodeURIComponent(filter ?? '')}`)
        expect(form.page).not.toContain('Put the true ones in their place')
        expect((await submit(form.path, form.fields)).text).toContain(found)
      }
    })

    it('comes with the headers that came, which decide the answer as well', async () => {
      const read = await console.surface.ask('GET', `/Users/${adaId}`)
      const headers = { 'If-None-Match': read.headers.get('etag') ?? '' }
      const known = await formOf('GET', `/Users/${adaId}`, { headers })
      expect((await submit(known.path, known.fields)).text).toContain('304: it would go well')
      for (const sent of [{ 'Content-Encoding': 'gzip' }, { 'Content-Type': 'text/plain' }]) {
        const refused = await formOf('POST', '/Users', { body: person('new'), headers: sent })
        expect((await submit(refused.path, refused.fields)).text).toContain('415: it would be refused')
      }
    })

    it('says so when the request itself came without a token that opens', async () => {
      const { path, fields } = await formOf('GET', '/Users?count=0', { token: 'wrong' })
      const { text } = await submit(path, fields)
      expect(text).toContain('200: it would go well')
      expect(text).toContain('It came without a token that opens this domain, and would be refused with 401')
      const own = await formOf('GET', '/Users?count=0')
      expect((await submit(own.path, own.fields)).text).not.toContain('It came')
    })

    it('says which values stay masked', async () => {
      const { surface } = console
      const gone = await surface.ask('POST', '/Users', { body: person('gone') })
      await surface.ask('DELETE', `/Users/${gone.body.id}`)
      const { path, fields, page } = await formOf('POST', '/Users', {
        body: { ...person('gone'), emails: 7 },
      })
      expect(wordsOf(page)).toContain('Put the true ones in their place: userName')
      const unchanged = await submit(path, fields)
      expect(unchanged.text).toContain('Put the true ones in their place: userName')
      const body = JSON.stringify(person('gone'))
      expect((await submit(path, { ...fields, body })).text).not.toContain('Put the true ones')
    })

    it('tries a long body as it came, without carrying it to and fro', async () => {
      const body = person('long', { title: '"<'.repeat(20_000) })
      const { path, fields, page } = await formOf('POST', '/Users', { body })
      await console.surface.ask('DELETE', `/Users/${(await userOf('long')).id}`)
      expect(page).toContain('The body is tried as it came')
      expect(fields.body).toBe('')
      const tried = await admin.submit(path, { ...fields, as_it_came: 'yes' })
      const shown = await tried.text()
      expect(wordsOf(shown)).toContain('201: it would go well')
      for (const each of [page, shown]) expect(Buffer.byteLength(each)).toBeLessThan(mostBytes)
    })

    it('tells what would happen now: the answer, the sentence, what would change', async () => {
      const body = patchOf({ op: 'replace', path: 'active', value: false })
      const { path, fields } = await formOf('PATCH', `/Users/${adaId}`, { body })
      await console.surface.ask('PATCH', `/Users/${adaId}`, {
        body: patchOf({ op: 'replace', path: 'active', value: true }),
      })
      const { status, text } = await submit(path, fields)
      expect(status).toBe(200)
      expect(text).toContain('200: it would go well')
      expect(text).toContain('Deactivated the user ada@acme.test: the membership is suspended')
      expect(text).toMatch(/active true false membership active suspended/)
      expect(text).toContain('Nothing was changed.')
    })

    it('tells what it would be refused with, and why, as the identity provider is', async () => {
      const { path, fields } = await formOf('POST', '/Users', { body: ada, headers: okta })
      const taken = await submit(path, fields)
      expect(taken.text).toContain('409: it would be refused')
      expect(taken.text).toContain('Unique identifier field for users')
      const stale = await submit(path, {
        method: 'DELETE',
        path: `/scim/v2/${console.surface.tenant.domain.id}/Users/${adaId}`,
        if_match: 'W/"99"',
        body: '',
      })
      expect(stale.text).toContain('412: it would be refused')
      const broken = await submit(path, { ...fields, body: '{"userName": ' })
      expect(broken.text).toContain('400: it would be refused')
    })

    it('keeps what was typed when it cannot be tried, and says why', async () => {
      const { path, fields } = await formOf('POST', '/Users', { body: ada })
      const odd = await submit(path, { ...fields, method: 'BREW' })
      expect(odd).toMatchObject({ status: 400 })
      expect(odd.text).toContain('Method: Expected one of GET, POST, PUT, PATCH, DELETE.')
      expect(odd.text).toContain('ada@acme.test')
      const nowhere = await submit(path, { ...fields, path: 'https://elsewhere.test/Users' })
      expect(nowhere.text).toContain('Expected a path below the base URL')
      const other = await console.surface.addTenant('another.test')
      const astray = await submit(path, { ...fields, path: `/scim/v2/${other.domain.id}/Users` })
      expect(astray.text).toContain('Path: This is below the base URL of another domain')
      const bulk = await submit(path, { ...fields, path: '/Bulk' })
      expect(bulk.text).toContain('try its operations one by one')
    })

    it('needs a form of our own', async () => {
      const { path, fields } = await formOf('POST', '/Users', { body: ada })
      expect((await admin.submit(path, { ...fields, csrf: 'x' })).status).toBe(403)
      expect((await admin.submit(path, fields, { Origin: 'https://evil.test' })).status).toBe(403)
      const member = await console.enter(console.surface.tenant.organizationId, 1)
      expect((await member.submit(path, fields)).status).toBe(403)
      const { organizationId } = await console.surface.addTenant('elsewhere.test')
      const stranger = await console.enter(organizationId, 15)
      expect((await stranger.submit(path, fields)).status).toBe(404)
    })

    it('is one at a time for each session', async () => {
      const { path, fields } = await formOf('POST', '/Users', { body: ada })
      const many = await Promise.all(Array.from({ length: 12 }, () => admin.submit(path, fields)))
      expect(new Set(many.map(({ status }) => status))).toEqual(new Set([200, 429]))
      expect((await admin.submit(path, fields)).status).toBe(200)
    })

    it('shows whatever was sent as text that does nothing', async () => {
      const attack = `"></textarea><script>alert(1)</script>\u202e`
      const { path, page } = await formOf('POST', '/Users', { body: { ...person('evil'), title: attack } })
      const { surface } = console
      const answers = [page]
      for (const fields of [
        { method: attack, path: attack, if_match: attack, body: attack },
        { method: 'POST', path: `/${attack}`, if_match: attack, body: attack },
        { method: 'POST', path: '/Users', if_match: '', body: JSON.stringify({ ...ada, userName: attack }) },
      ]) {
        answers.push(await (await admin.submit(path, fields)).text())
      }
      expect(surface.tenant.token).not.toBe('')
      for (const answer of answers) expect(answer).not.toMatch(/<script>|<\/textarea><script/)
    })
  })
})
