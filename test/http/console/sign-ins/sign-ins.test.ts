// Sign-ins in the console: the list over all domains with its filters and pages, as it grows, and what is shown to nobody else.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Domain } from '../../../../src/domain/domain.ts'
import { findPersonByEmail } from '../../../../src/store/organization/people.ts'
import { eachDatabase } from '../../../database.ts'
import { type Console, openConsole, type Visitor } from '../visitor.ts'
import { mostBytes } from '../weight.ts'
import { addSignIn } from './attempts.ts'

describe('the sign-ins in the console', () => {
  eachDatabase((_, open) => {
    let console: Console
    let admin: Visitor
    let domain: Domain
    let second: Domain
    beforeAll(async () => {
      console = await openConsole(await open())
      const { surface } = console
      domain = surface.tenant.domain
      second = (await surface.addDomain(domain.organizationId, 'second.test')).domain
      admin = await console.enter(domain.organizationId, 8, 'admin')
    })
    const ctx = () => console.surface.ctx
    const rowsOn = (page: string) => [...page.matchAll(/<tr id="row-([^"]+)"/g)].map(([, id = '']) => id)
    const rows = async (query = '') => rowsOn(await admin.text(`/sign-ins${query}`))

    it('says the next step where nobody has come in yet', async () => {
      const page = await admin.text('/sign-ins')
      expect(page).toContain('Nobody has come in through SAML yet')
      expect(page).toContain(`/domains/`)
      expect(page).toContain('#saml')
      expect(await admin.text('/sign-ins?outcome=refused')).toContain('Nothing matches')
    })

    it('lists those of all domains, the newest first, with person, reason and the step that it stopped at', async () => {
      const person = await findPersonByEmail(ctx().db, admin.email)
      const first = await addSignIn(ctx(), domain, {
        row: { email: admin.email, person_id: person?.id ?? null },
      })
      ctx().clock.advance(1000)
      const refused = await addSignIn(ctx(), second, { code: 'saml_audience_mismatch', row: { kind: 'idp' } })
      ctx().clock.advance(1000)
      const byName = await addSignIn(ctx(), domain, {
        code: 'saml_expired',
        failed: { name: 'validity', expected: 'a', got: 'b' },
        row: { kind: 'test', name_id: admin.email.toUpperCase() },
      })
      const page = await admin.text('/sign-ins')
      expect(rowsOn(page)).toEqual([byName.id, refused.id, first.id])
      expect(page).toContain('The response is for another audience')
      expect(page).toContain(`href="/sign-ins/${second.id}/${refused.id}"`)
      expect(page.split(`<a href="/people/${person?.id}">`)).toHaveLength(3)
      expect(page).toMatch(/data-label="stopped at">Validity/)
      expect(page).toContain('second.test')
    })

    it('filters by what stands in the URL, and leaves out what is no choice', async () => {
      const all = await rows()
      const [expired = '', audience = '', accepted = ''] = all
      expect(await rows('?outcome=accepted')).toEqual([accepted])
      expect(await rows('?outcome=refused')).toEqual([expired, audience])
      expect(await rows('?code=saml_expired')).toEqual([expired])
      expect(await rows('?kind=idp')).toEqual([audience])
      expect(await rows(`?domain=${second.id}`)).toEqual([audience])
      expect(await rows(`?domain=${domain.id}&kind=test&within=1h`)).toEqual([expired])
      expect(await rows(`?q=${encodeURIComponent(admin.email.toUpperCase())}`)).toEqual([accepted])
      expect(await rows('?q=AUDIENCE_mis')).toEqual([audience])
      expect(await rows('?q=%25')).toEqual([])
      const person = await findPersonByEmail(ctx().db, admin.email)
      expect(await rows(`?person=${person?.id}`)).toEqual([accepted])
      const trace = /<dt>Trace id<\/dt><dd><code><bdi>([^<]+)/.exec(
        await admin.text(`/sign-ins/${second.id}/${audience}`),
      )?.[1]
      expect(await rows(`?q=${trace}`)).toEqual([audience])
      expect(
        await rows('?outcome=%22%3E%3Cscript%3E&kind=x&code=x&person=x&within=ever&domain=y&before=z'),
      ).toEqual(all)
    })

    it('goes on to older ones page by page over all domains, each row once', async () => {
      for (let at = 0; at < 120; at++) {
        ctx().clock.advance(10)
        await addSignIn(ctx(), at % 3 === 0 ? second : domain, { code: 'saml_replayed' })
      }
      const seen: string[] = []
      let query: string | undefined = '?code=saml_replayed'
      while (query !== undefined) {
        const page = await admin.text(query.startsWith('/') ? query : `/sign-ins${query}`)
        seen.push(...rowsOn(page))
        query = /href="([^"]*before=[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
      }
      expect(seen).toHaveLength(120)
      expect(seen).toEqual([...new Set(seen)].sort().reverse())
    })

    it("knows nothing of another organization's sign-ins", async () => {
      const other = await console.surface.addTenant('other.test')
      const theirs = await addSignIn(ctx(), other.domain, {
        code: 'saml_expired',
        row: { email: 'x@other.test' },
      })
      expect(await rows('?code=saml_expired')).not.toContain(theirs.id)
      expect(await rows('?q=x%40other.test')).toEqual([])
      for (const path of [
        `/sign-ins?domain=${other.domain.id}`,
        `/sign-ins/live?domain=${other.domain.id}`,
        `/sign-ins/${other.domain.id}/${theirs.id}`,
        `/sign-ins/${domain.id}/${theirs.id}`,
        `/sign-ins/${domain.id}/nothing`,
      ]) {
        expect([path, (await admin.open(path)).status]).toEqual([path, 404])
      }
    })

    it('weighs little with all rows of a page, however many domains there are', async () => {
      const { surface } = console
      const { organizationId } = await surface.addTenant('many-domains.test')
      const visitor = await console.enter(organizationId, 8)
      for (let at = 0; at < 120; at++) {
        const { domain: one } = await surface.addDomain(organizationId, `division-${at}.example-company.test`)
        const email = `somebody.with.a.long.name.${at}@division-${at}.example-company.test`
        if (at < 60) await addSignIn(ctx(), one, { code: 'saml_wrong_certificate', row: { email } })
      }
      const page = await visitor.text('/sign-ins')
      expect(rowsOn(page).length).toBeGreaterThan(20)
      expect(Buffer.byteLength(page)).toBeLessThan(mostBytes)
    })

    it('shows members nothing, and strangers the sign-in', async () => {
      const member = await console.enter(domain.organizationId, 1)
      const [id = ''] = await rows()
      for (const path of ['/sign-ins', '/sign-ins/live', `/sign-ins/${domain.id}/${id}`]) {
        expect([path, (await member.open(path)).status]).toEqual([path, 403])
        expect((await console.stranger.open(path)).headers.get('location')).toContain('/login')
      }
    })

    it('sends those that come after the row that the page has, as rows, of all domains', async () => {
      const [newest = ''] = await rows()
      const response = await admin.open(`/sign-ins/live?since=${newest}&outcome=refused`)
      expect(response.headers.get('content-type')).toContain('text/event-stream')
      ctx().clock.advance(1000)
      await addSignIn(ctx(), domain)
      const made = await addSignIn(ctx(), second, { code: 'saml_unsigned' })
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
      let text = ''
      while (reader && !text.includes('event: row')) text += (await reader.read()).value ?? ''
      await reader?.cancel()
      expect(text).toContain(`id: ${made.id}`)
      expect(text).toContain('Nothing in the response is signed')
      expect(text.match(/event: row/g)).toHaveLength(1)
    })
  })
})
