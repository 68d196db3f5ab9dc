// The audit log in the console: who changed what, looked through and taken along, strangers' words inert.
import { beforeAll, describe, expect, it } from 'vitest'
import { transact } from '../../../src/store/db.ts'
import { appendAudit } from '../../../src/store/records/audit.ts'
import { eachDatabase } from '../../database.ts'
import { patchOf, person } from '../scim/surface.ts'
import { type Console, openConsole, type Visitor } from './visitor.ts'
import { mostBytes } from './weight.ts'

describe('the audit log in the console', () => {
  eachDatabase((_, open) => {
    let console: Console
    let organizationId: string
    let admin: Visitor
    beforeAll(async () => {
      console = await openConsole(await open())
      organizationId = console.surface.tenant.organizationId
      admin = await console.enter(organizationId, 8)
    })
    const append = (changes: Parameters<typeof appendAudit>[2]['changes'], label: string, now?: string) => {
      const { db, now: clock } = console.surface.ctx
      return transact(db, tx =>
        appendAudit(tx, organizationId, {
          actor: {
            type: 'user',
            id: null,
            label: 'somebody',
            ip: '192.0.2.1',
            requestId: `request-${label}`,
          },
          action: 'project.changed',
          target: { type: 'project', id: '7', label },
          changes,
          now: now ?? clock().toISOString(),
        }),
      )
    }
    const rowsIn = (page: string) => page.match(/<tr><td class="tight">/g)?.length ?? 0

    it('shows who did what', async () => {
      await admin.submit('/domains', { domain: 'audited.test' })
      const page = await admin.text('/audit?q=domain.created')
      expect(page).toContain(admin.email)
      expect(page).toContain('domain.created')
      expect(page).toContain('audited.test')
      expect(await admin.text('/audit?q=no-such-thing')).toContain('Nothing matches.')
    })

    it('says of each field whether it was added, removed or changed, levels by their names', async () => {
      await append(
        {
          level: { before: 1, after: 8 },
          scopes: { before: ['a', 'b'], after: ['b', 'c'] },
          note: { before: null, after: 'hello' },
          name: { before: { given: 'Ada', family: 'L' }, after: { given: 'Ada', family: 'Lovelace' } },
          old: { before: true, after: null },
        },
        'compared',
      )
      const page = await admin.text('/audit?q=compared')
      for (const line of [
        'changed</span> <bdi>level</bdi>: <code><bdi>member</bdi></code> → <code><bdi>admin</bdi></code>',
        'added</span> <bdi>scopes</bdi>: <code><bdi>c</bdi></code>',
        'removed</span> <bdi>scopes</bdi>: <code><bdi>a</bdi></code>',
        'added</span> <bdi>note</bdi>: <code><bdi>hello</bdi></code>',
        'changed</span> <bdi>name.family</bdi>: <code><bdi>L</bdi></code> → <code><bdi>Lovelace</bdi></code>',
        'removed</span> <bdi>old</bdi>: <code><bdi>true</bdi></code>',
      ])
        expect(page).toContain(line)
      expect(page).not.toContain('name.given')
      expect(page).toContain('3 more')
    })

    it('goes through all pages by their keys, whatever stands for one', async () => {
      for (let at = 0; at < 70; at++) await append({}, `paged-${at}`)
      const seen = new Set<string>()
      let path = '/audit?q=paged-'
      for (let page = 0; page < 3; page++) {
        const text = await admin.text(path)
        for (const [label] of text.matchAll(/paged-\d+(?=<\/bdi>)/g)) seen.add(label)
        path = `/audit${/rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? ''}`
      }
      expect(seen.size).toBe(70)
      expect(path).toBe('/audit')
      for (const before of ['0', '-1', 'x', '%00', '00000000-0000-7000-8000-000000000000'])
        expect([before, (await admin.open(`/audit?before=${before}`)).status]).toEqual([before, 200])
    })

    it('is looked through by who, what, area, action, request and time', async () => {
      await append({}, 'long-ago', '2026-01-01T00:00:00.000Z')
      await console.surface.ask('POST', '/Users', { body: person('pushed') })
      expect(await admin.text('/audit?q=long-ago')).toContain('long-ago')
      expect(await admin.text('/audit?q=long-ago&within=24h')).toContain('Nothing matches.')
      const byScim = await admin.text('/audit?by=scim')
      expect(byScim).toContain('user.created')
      expect(byScim).not.toContain('project.changed')
      const about = await admin.text('/audit?area=project')
      expect(about).toContain('project.changed')
      expect(about).not.toContain('user.created')
      expect(await admin.text('/audit?action=user.created')).not.toContain('>project.changed<')
      expect(rowsIn(await admin.text('/audit?request=request-long-ago'))).toBe(1)
      expect(await admin.text('/audit?what=7&q=long-ago')).toContain('only about')
      const who = /who=([0-9a-f-]{36})/.exec(byScim)?.[1] ?? ''
      expect(await admin.text(`/audit?who=${who}`)).toContain('only by')
      expect(rowsIn(await admin.text('/audit?by=x&area=constructor&within=9&action=%00&who=1'))).toBe(25)
    })

    it('leads to the person, the group and the domain that a row is about', async () => {
      const { surface } = console
      const { body: user } = await surface.ask('POST', '/Users', { body: person('linked') })
      const page = await admin.text(`/audit?what=${user.id}`)
      expect(page).toMatch(/href="\/people\/[0-9a-f-]{36}"/)
      await surface.ask('PATCH', `/Users/${user.id}`, {
        body: patchOf({ op: 'replace', value: { nickName: 'L' } }),
      })
      await surface.ask('DELETE', `/Users/${user.id}`)
      expect(await admin.text(`/audit?what=${user.id}`)).toContain('user.deleted')
      expect(await admin.text(`/audit?what=${user.id}`)).not.toContain('href="/people/')
    })

    it('is taken along as NDJSON, as far as the filters let it through', async () => {
      await append({ a: { before: 1, after: 2 } }, 'exported')
      const response = await admin.open('/audit/export?q=exported')
      expect(response.headers.get('content-type')).toContain('application/x-ndjson')
      expect(response.headers.get('content-disposition')).toMatch(
        /^attachment; filename="audit-log-[\d-]+\.ndjson"$/,
      )
      const lines = (await response.text()).trimEnd().split('\n')
      expect(lines.map(line => JSON.parse(line).target.label)).toEqual(['exported'])
      expect((await (await admin.open('/audit/export')).text()).split('\n').length).toBeGreaterThan(75)
      expect(await admin.text('/audit?q=exported')).toContain('href="/audit/export?q=exported"')
    })

    it('weighs little with all rows of a page', async () => {
      for (let at = 0; at < 25; at++)
        await console.surface.ask('POST', '/Users', { body: person(`heavy.person.${at}`) })
      expect(Buffer.byteLength(await admin.text('/audit?by=scim&area=user&within=24h'))).toBeLessThan(
        mostBytes,
      )
    })

    it('shows names from a directory as text', async () => {
      const name = '<img src=x onerror=alert(1)>\u202e@acme.test'
      await console.surface.ask('POST', '/Users', { body: { ...person('x'), userName: name } })
      await append(
        { '<b>\u202e': { before: null, after: `<i>\u0007${'x'.repeat(100_000)}` } },
        `<u>${'y'.repeat(10_000)}`,
      )
      const page = await admin.text('/audit')
      expect(page).toContain('&lt;img src=x')
      for (const raw of ['<img', '<b>', '<i>', '<u>', '\u202e', '\u0007']) expect(page).not.toContain(raw)
      expect(page.length).toBeLessThan(44_000)
    })

    it('is for administrators, each of their own organization', async () => {
      const member = await console.enter(organizationId, 1)
      for (const path of ['/audit', '/audit/export']) expect((await member.open(path)).status).toBe(403)
      expect(await member.text('/')).not.toContain('href="/audit"')
      const other = await console.surface.addTenant('elsewhere.test')
      const stranger = await console.enter(other.organizationId, 15)
      expect(await stranger.text('/audit?q=audited.test')).toContain('Nothing matches.')
      expect(await (await stranger.open('/audit/export?q=paged')).text()).toBe('')
      expect(await stranger.text(`/audit?what=${console.surface.tenant.domain.id}`)).toContain(
        'Nothing matches.',
      )
    })
  })
})
