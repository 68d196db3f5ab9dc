// The SCIM log in the console: its filters and pages, an entry with why and how to mend it, the live tail, strangers' text.
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../../database.ts'
import { ada, patchOf, person, setActive } from '../../scim/surface.ts'
import { type Console, openConsole, type Visitor } from '../visitor.ts'
import { mostBytes } from '../weight.ts'

const okta = { 'User-Agent': 'Okta SCIM Client 1.0.0' }
const entra = { 'User-Agent': 'Microsoft Azure AD' }

describe('the SCIM log in the console', () => {
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
      const created = await surface.ask('POST', '/Users', { body: ada, headers: okta })
      adaId = created.body.id
      await surface.ask('POST', '/Users', { body: ada, headers: okta })
      await surface.ask('PATCH', `/Users/${adaId}`, {
        body: patchOf({ op: 'Replace', path: 'active', value: 'False' }),
        headers: entra,
      })
      await surface.ask('GET', '/Users', { token: 'nonsense', headers: okta })
      await surface.recorder.flush()
    })
    const rowsOn = (page: string) => [...page.matchAll(/<tr id="row-([^"]+)"/g)].map(([, id = '']) => id)
    const rows = async (query = '') => rowsOn(await admin.text(log + query))
    const entryWith = async (query: string) => {
      const [id = ''] = await rows(query)
      return admin.text(`${log}/${id}`)
    }

    it('tells what happened in words, with the name of whom it happened to', async () => {
      const page = await admin.text(log)
      expect(rowsOn(page)).toHaveLength(4)
      expect(page).toContain('Created the user Ada Lovelace')
      expect(page).toContain('Deactivated the user Ada Lovelace')
      expect(page).toContain('aria-label="2 ok, 2 refused, 0 failed since ')
    })

    it('filters by what stands in the URL, and by the true value though rows are masked', async () => {
      expect(await rows('?status=ok')).toHaveLength(2)
      expect(await rows('?status=4xx')).toHaveLength(2)
      expect(await rows('?status=5xx')).toHaveLength(0)
      expect(await rows('?method=PATCH')).toHaveLength(1)
      expect(await rows('?provider=entra_id')).toHaveLength(1)
      expect(await rows(`?person=${adaId}`)).toHaveLength(2)
      expect(await rows('?q=ada%40acme.test')).not.toHaveLength(0)
      expect(await rows('?q=nobody-of-this-name')).toHaveLength(0)
      expect(await rows(`?token=${console.surface.tenant.token.slice(-4)}`)).toHaveLength(3)
      expect(await rows('?within=1h&status=4xx&method=GET')).toHaveLength(1)
      expect(await rows('?status=%22%3E%3Cscript%3E&method=BREW&person=x&within=ever&before=x')).toHaveLength(
        4,
      )
    })

    it('filters by changes, by times, and by a person or group that somebody calls by name', async () => {
      expect(await rows('?method=changes')).toHaveLength(3)
      const minute = (offset: number) => new Date(Date.now() + offset).toISOString().slice(0, 16)
      expect(await rows(`?from=${minute(-60_000)}&to=${minute(0)}`)).toHaveLength(4)
      expect(await rows(`?to=${minute(-120_000)}`)).toHaveLength(0)
      expect(await rows('?from=yesterday&to=2026-02-31T99%3A00')).toHaveLength(4)
      for (const who of ['Ada Lovelace', 'ADA@acme.test', 'lace', adaId]) {
        const found = await admin.open(`${log}?status=ok&who=${encodeURIComponent(who)}`)
        expect(found.headers.get('location')).toBe(`${log}?status=ok&person=${adaId}`)
      }
      expect(await admin.text(`${log}?person=${adaId}`)).toContain('Only about <strong><bdi>Ada Lovelace')
      expect((await admin.open(`${log}?who=&person=${adaId}`)).headers.get('location')).toBe(log)
      const nobody = await admin.text(`${log}?who=Nobody`)
      expect(nobody).toContain('Nobody and no group here is called')
      expect(rowsOn(nobody)).toEqual([])
    })

    it('asks which one where a name could mean several', async () => {
      const { surface } = console
      const { domain, ...tenant } = await surface.addDomain(surface.tenant.organizationId, 'alike.test')
      const alike = surface.as({ ...tenant, domain })
      const user = await alike.ask('POST', '/Users', { body: person('x', { displayName: 'Design' }) })
      const group = await alike.ask('POST', '/Groups', { body: { displayName: 'Design' } })
      const page = await admin.text(`/domains/${domain.id}/scim-log?who=design`)
      for (const { body } of [user, group]) expect(page).toContain(`?person=${body.id}"`)
    })

    it('says the next step where there is nothing', async () => {
      expect(await admin.text(`${log}?q=nobody-of-this-name`)).toContain('Nothing matches these filters')
      const { surface } = console
      const quiet = await surface.addDomain(surface.tenant.organizationId, 'quiet.test')
      expect(await admin.text(`/domains/${quiet.domain.id}/scim-log`)).toContain('Nothing has come yet')
      const off = await surface.addDomain(surface.tenant.organizationId, 'off.test', { scimEnabled: false })
      expect(await admin.text(`/domains/${off.domain.id}/scim-log`)).toContain('SCIM is off for this domain')
    })

    it('goes on to older ones page by page, each row once', async () => {
      const { surface } = console
      const { domain, ...tenant } = await surface.addDomain(surface.tenant.organizationId, 'many.test')
      const many = surface.as({ ...tenant, domain })
      for (let at = 0; at < 120; at++) await many.ask('GET', '/Users?count=0')
      await surface.recorder.flush()
      const seen: string[] = []
      let path: string | undefined = `/domains/${domain.id}/scim-log?method=GET`
      while (path !== undefined) {
        const page = await admin.text(path)
        seen.push(...rowsOn(page))
        path = /href="([^"]*before=[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
      }
      expect(seen).toHaveLength(120)
      expect(new Set(seen).size).toBe(120)
      expect(seen).toEqual([...seen].sort().reverse())
    })

    it('weighs little with all rows of a page', async () => {
      const { surface } = console
      const { domain, ...tenant } = await surface.addDomain(surface.tenant.organizationId, 'heavy.test')
      const heavy = surface.as({ ...tenant, domain })
      const title = 'somebody of a title that is neither short nor wide'
      for (let at = 0; at < 60; at++) {
        const body = person(`somebody.with.a.long.name.${at}`, {
          displayName: `Somebody With A Long Name ${at}`,
        })
        await heavy.ask('POST', '/Users', { body: { ...body, title, active: at % 2 === 0 } })
      }
      await surface.recorder.flush()
      const page = await admin.text(`/domains/${domain.id}/scim-log`)
      expect(rowsOn(page).length).toBeGreaterThan(20)
      expect(Buffer.byteLength(page)).toBeLessThan(mostBytes)
    })

    it('says why a push was refused, and the field at the identity provider that mends it', async () => {
      const taken = await entryWith('?method=POST&status=4xx')
      expect(taken).toContain('Another user has this user name')
      expect(taken).toContain('At Okta:')
      expect(taken).toContain('Unique identifier field for users')
      const stranger = await entryWith('?method=GET&status=4xx')
      expect(stranger).toContain('The token is not one of this domain')
      expect(stranger).toContain('&quot;API Token&quot;')
    })

    it('shows request and response, masked, with what was put right in words', async () => {
      const entry = await entryWith('?method=PATCH')
      expect(entry).toContain('a boolean came as the text &quot;True&quot; or &quot;False&quot;')
      expect(entry).toContain('Microsoft Azure AD')
      expect(entry).toContain('<bdi>***</bdi>')
      expect(entry).not.toContain(console.surface.tenant.token)
      expect(entry).not.toContain('ada@acme.test')
      expect(entry).toContain(`?person=${adaId}`)
    })

    it('gives a request as curl without its token', async () => {
      const entry = await entryWith('?method=PATCH')
      expect(entry).toContain('Authorization: Bearer YOUR_TOKEN')
      expect(entry).toContain(`curl -X PATCH &#39;${console.surface.ctx.config.baseUrl}/scim/v2/`)
    })

    it('leads to the neighbours', async () => {
      const ids = await rows()
      const entry = await admin.text(`${log}/${ids[1]}`)
      expect(entry).toContain(`href="${log}/${ids[0]}">Newer`)
      expect(entry).toContain(`href="${log}/${ids[2]}">← Older`)
      expect(await admin.text(`${log}/${ids[0]}`)).not.toContain('>Newer →</a>')
    })

    it('forgets the name with its owner', async () => {
      const { surface } = console
      const { body } = await surface.ask('POST', '/Users', {
        body: person('grace', { displayName: 'Grace Hopper' }),
      })
      await surface.recorder.flush()
      expect(await admin.text(`${log}?person=${body.id}`)).toContain('Grace Hopper')
      await surface.ask('DELETE', `/Users/${body.id}`)
      await surface.recorder.flush()
      expect(await admin.text(`${log}?person=${body.id}`)).not.toContain('Grace Hopper')
    })

    describe('live', () => {
      /** The events that come until one of them is a row, or it ends. */
      const follow = async (query: string, between: () => Promise<unknown>) => {
        const response = await admin.open(`${log}/live${query}`)
        expect(response.headers.get('content-type')).toContain('text/event-stream')
        expect(response.headers.get('cache-control')).toBe('no-store')
        const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
        await between()
        let text = ''
        while (reader && !text.includes('event: row')) {
          const { value, done } = await reader.read()
          if (done) break
          text += value
        }
        await reader?.cancel()
        return text
      }

      it('sends what comes after the row that the page has, as rows', async () => {
        const { surface } = console
        const [newest = ''] = await rows()
        const text = await follow(`?since=${newest}`, async () => {
          await surface.ask('PATCH', `/Users/${adaId}`, { body: setActive(true) })
          await surface.recorder.flush()
        })
        expect(text).toContain('Ada Lovelace')
        expect(text).not.toContain(newest)
        const [id = ''] = await rows()
        expect(text).toContain(`id: ${id}`)
      })

      it('ends when the session does, and when the server is on its way out', async () => {
        const leaving = await console.enter(console.surface.tenant.organizationId, 8)
        const response = await leaving.open(`${log}/live`)
        await console.surface.ctx.db
          .deleteFrom('sessions')
          .where('digest', '!=', '')
          .where('person_id', 'in', db =>
            db.selectFrom('people').select('id').where('email', '=', leaving.email),
          )
          .execute()
        await response.text()
        console.lifecycle.draining = true
        await (await admin.open(`${log}/live`)).text()
        console.lifecycle.draining = false
      })

      it('lets one session have only so many', async () => {
        const busy = await console.enter(console.surface.tenant.organizationId, 8)
        const streams = []
        for (let at = 0; at < 6; at++) streams.push(await busy.open(`${log}/live`))
        expect((await busy.open(`${log}/live`)).status).toBe(429)
        for (const stream of streams) await stream.body?.cancel()
      })
    })

    it('shows whatever an identity provider writes as text that does nothing', async () => {
      const { surface } = console
      const attack = `"><script>alert(1)</script><img src=x onerror=alert(2)>'\u202egnp.exe\u2066\u200b`
      const huge = 'A<b>'.repeat(25_000)
      const bodies = [
        { ...person('evil1'), displayName: attack, title: attack, name: { familyName: attack } },
        { ...person('evil2'), userName: `${attack}@acme.test` },
        { ...person('evil3'), nickName: huge },
        { ...person('evil4'), [attack]: attack, schemas: [attack] },
        { ...person('evil5'), active: attack },
      ]
      for (const body of bodies) {
        await surface.ask('POST', '/Users', { body, headers: { 'User-Agent': `okta ${'<i>'.repeat(20)}` } })
      }
      await surface.ask('POST', '/Groups', { body: { displayName: attack } })
      await surface.ask('GET', `/Users?filter=${encodeURIComponent(`displayName eq "${attack}`)}`)
      await surface.ask('GET', `/${encodeURIComponent(attack)}`)
      await surface.ask('PATCH', `/Users/${adaId}`, {
        body: patchOf({ op: attack, path: attack, value: attack }),
      })
      await surface.recorder.flush()
      const ids = (await rows()).slice(0, 9)
      const pages = [await admin.text(log), await admin.text(`${log}?q=${encodeURIComponent(attack)}`)]
      for (const id of ids) pages.push(await admin.text(`${log}/${id}`))
      for (const page of pages) {
        expect(page).not.toMatch(/<script>|<img|<b>|<i>/)
        expect(page.replaceAll(/value="[^"]*"/g, '')).not.toMatch(/[\u202e\u2066\u200b]/)
        expect(Buffer.byteLength(page)).toBeLessThan(120_000)
      }
    })
  })
})
