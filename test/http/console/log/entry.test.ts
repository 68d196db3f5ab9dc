// An entry of the SCIM log: what was before and is after, who is in the way, and nobody's business but the domain's.
import { beforeAll, describe, expect, it } from 'vitest'
import { JobRunner } from '../../../../src/jobs/runner.ts'
import { operatorCaller } from '../../../../src/manage/caller.ts'
import { changeGroupLevel } from '../../../../src/manage/domains/scim-groups.ts'
import { eachDatabase } from '../../../database.ts'
import { register } from '../../scim/registering.ts'
import { ada, patchOf, person, setActive } from '../../scim/surface.ts'
import { type Console, openConsole, type Visitor } from '../visitor.ts'
import { mostBytes } from '../weight.ts'

describe('an entry of the SCIM log', () => {
  eachDatabase((_, open) => {
    let console: Console
    let admin: Visitor
    let log: string
    let adaId: string
    let groupId: string
    beforeAll(async () => {
      console = await openConsole(await open())
      const { surface } = console
      const { organizationId, domain } = surface.tenant
      admin = await console.enter(organizationId, 8)
      log = `/domains/${domain.id}/scim-log`
      adaId = (await surface.ask('POST', '/Users', { body: ada })).body.id
      groupId = (await surface.ask('POST', '/Groups', { body: { displayName: 'Engineering' } })).body.id
      const caller = operatorCaller(organizationId)
      await changeGroupLevel(surface.ctx, caller, { domainId: domain.id, groupId, level: 8 })
    })

    /** The entry of a request, text without its tags. */
    const entryOf = async (...asked: Parameters<Console['surface']['ask']>) => {
      const { surface } = console
      await surface.ask(...asked)
      const rows = await surface.log()
      const page = await admin.text(`${log}/${rows.at(-1)?.id}`)
      return { page, text: page.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ') }
    }

    it('shows each attribute before and after, and nothing that stayed', async () => {
      const { text } = await entryOf('PATCH', `/Users/${adaId}`, {
        body: patchOf(
          { op: 'replace', path: 'title', value: 'Countess' },
          { op: 'replace', path: 'name.givenName', value: 'Augusta' },
          { op: 'replace', path: 'name.familyName', value: 'Lovelace' },
        ),
      })
      expect(text).toContain('Attribute Before After')
      expect(text).toMatch(/title – Countess/)
      expect(text).toMatch(/name\.givenName Ada Augusta/)
      expect(text).not.toMatch(/name\.familyName \S+ Lovelace/)
    })

    it('shows what becomes of the membership', async () => {
      const left = await entryOf('PATCH', `/Users/${adaId}`, { body: setActive(false) })
      expect(left.text).toMatch(
        /active true false membership active suspended Sessions, API keys and invites end/,
      )
      const back = await entryOf('PATCH', `/Users/${adaId}`, { body: setActive(true) })
      expect(back.text).toMatch(/membership suspended active/)
      expect(back.text).not.toContain('Sessions, API keys and invites end')
    })

    it('shows who came and left by their names, and the levels that followed', async () => {
      const add = patchOf({ op: 'add', path: 'members', value: [{ value: adaId }] })
      const came = await entryOf('PATCH', `/Groups/${groupId}`, { body: add })
      expect(came.text).toMatch(/members – Ada Lovelace/)
      expect(came.text).toMatch(/Level of: ada@acme\.test .*level member admin/)
      expect(came.text).toMatch(/given by the group – Engineering/)
      const remove = patchOf({ op: 'remove', path: 'members' })
      const left = await entryOf('PATCH', `/Groups/${groupId}`, { body: remove })
      expect(left.text).toMatch(/members Ada Lovelace –/)
      expect(left.text).toMatch(/level admin member/)
    })

    it('caps what a large change shows', async () => {
      const { surface } = console
      const ids: string[] = []
      for (let at = 0; at < 25; at++)
        ids.push((await surface.ask('POST', '/Users', { body: person(`many${at}`) })).body.id)
      const add = patchOf({ op: 'add', path: 'members', value: ids.map(value => ({ value })) })
      const { text } = await entryOf('PATCH', `/Groups/${groupId}`, { body: add })
      expect(text).toContain('and 5 more')
    })

    it('shows what something new was made with, as far as the log has it, and that what is deleted is gone', async () => {
      const made = await entryOf('POST', '/Users', { body: person('grace', { title: 'Admiral' }) })
      expect(made.text).toMatch(/New user: grace@acme\.test .*title – Admiral/)
      expect(made.text).toMatch(/membership – active/)
      const id = /\/people\/([0-9a-f-]{36})/.exec(made.page)?.[1]
      const gone = await entryOf('DELETE', `/Users/${id}`)
      expect(gone.text).toMatch(/User deleted: grace@acme\.test What it held is kept nowhere/)
      expect(gone.text).toMatch(/membership active –/)
    })

    it('says that nothing was changed when nothing was', async () => {
      const same = await entryOf('PATCH', `/Users/${adaId}`, { body: setActive(true) })
      expect(same.text).toContain('Nothing: everything was so already.')
      const refused = await entryOf('PATCH', `/Users/${adaId}`, { body: patchOf({ op: 'x' }) })
      expect(refused.text).toContain('Nothing was changed.')
      const read = await entryOf('GET', `/Users/${adaId}`)
      expect(read.text).not.toContain('Before → after')
    })

    it('is a command with all that the answer depends on', async () => {
      const headers = { 'If-Match': 'W/"999"', Prefer: 'return=minimal', 'Content-Type': 'application/json' }
      const body = patchOf({ op: 'replace', path: 'title', value: "Queen's Counsel" })
      const { text } = await entryOf('PATCH', `/Users/${adaId}`, { headers, body })
      for (const [name, value] of Object.entries(headers))
        expect(text).toContain(`-H &#39;${name}: ${value.replaceAll('"', '&quot;')}&#39;`)
    })

    it('speaks of no changes where something was only looked up', async () => {
      const schemas = ['urn:ietf:params:scim:api:messages:2.0:SearchRequest']
      const found = await entryOf('POST', '/Users/.search', { body: { schemas, count: 1 } })
      expect(found.text).not.toContain('Before → after')
      expect((await entryOf('HEAD', `/Users/${adaId}`)).text).not.toContain('Before → after')
    })

    it('shows what a bulk changes that nobody waited for, by its beginning and by its end', async () => {
      const { surface } = console
      const Operations = [{ method: 'POST', path: '/Users', bulkId: 'a', data: person('later') }]
      const schemas = ['urn:ietf:params:scim:api:messages:2.0:BulkRequest']
      const headers = { Prefer: 'respond-async' }
      const accepted = await entryOf('POST', '/Bulk', { body: { schemas, Operations }, headers })
      expect(accepted.text).toContain('Nothing yet: it was accepted, and is done a little later.')
      surface.ctx.clock.advance(60_000)
      await new JobRunner(surface.ctx).runDue()
      const [begun, done] = (await surface.log()).slice(-2)
      for (const row of [begun, done])
        expect(await admin.text(`${log}/${row?.id}`)).toContain('New user: <bdi>later@acme.test</bdi>')
    })

    it('weighs little, whatever was changed', async () => {
      const bulkOf = (Operations: object[]) => ({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
        Operations,
      })
      const names = Array.from({ length: 60 }, (_, at) => `bulk${at}`)
      const make = names.map(name => ({ method: 'POST', path: '/Users', bulkId: name, data: person(name) }))
      const made = await entryOf('POST', '/Bulk', { body: bulkOf(make) })
      expect(made.text).toContain('And more, which the audit log has.')
      expect(made.text).not.toContain('Dry run again')
      const long = '"<&'.repeat(300)
      const many = (name: string) =>
        Array.from({ length: 60 }, (_, at) => ({ value: `${name}${at}`, type: long }))
      const body = {
        ...ada,
        title: long,
        nickName: long,
        userType: long,
        ims: many('i'),
        phoneNumbers: many('p'),
        addresses: [{ formatted: long, streetAddress: long, locality: long }],
      }
      const odd = Array.from({ length: 30 }, (_, at): [string, string] => [`x-${at}`, long.slice(0, 400)])
      const put = await entryOf('PUT', `/Users/${adaId}`, { body, headers: Object.fromEntries(odd) })
      for (const { page } of [made, put]) expect(Buffer.byteLength(page)).toBeLessThan(mostBytes)
      await entryOf('PUT', `/Users/${adaId}`, { body: ada })
    })

    it('shows what a resource is said to be as it came, and our words for members alone', async () => {
      const { surface } = console
      const about = { id: 'urn:example:schemas:1.0:Room', name: 'Room', description: 'A room' }
      const type = { name: 'Room', endpoint: '/Rooms', description: 'A room' }
      const attributes = [{ name: 'level', type: 'integer' }, { name: 'group' }, { name: 'membership' }]
      await register(surface, { ...about, resource_type: type, attributes })
      const room = { schemas: [about.id], level: 15, group: groupId, membership: 'none' }
      const { text } = await entryOf('POST', '/Rooms', { body: room })
      expect(text).toMatch(/level – 15 /)
      expect(text).toContain(`group – ${groupId}`)
      expect(text).not.toContain('Sessions, API keys and invites end')
    })

    it('keeps apart requests to which a client gives one id', async () => {
      const headers = { 'X-Request-Id': 'the-same' }
      const first = await entryOf('PATCH', `/Users/${adaId}`, {
        headers,
        body: patchOf({ op: 'replace', path: 'title', value: 'First' }),
      })
      expect(first.text).toContain('First')
      console.surface.ctx.clock.advance(60_000)
      const second = await entryOf('PATCH', `/Users/${adaId}`, {
        headers,
        body: patchOf({ op: 'replace', path: 'nickName', value: 'Second' }),
      })
      expect(second.text).toMatch(/nickName – Second/)
      expect(second.text).not.toMatch(/title \S+ First/)
    })

    it('names who has a name that is taken, when the mask is theirs alone', async () => {
      const { page, text } = await entryOf('POST', '/Users', { body: ada })
      expect(text).toContain('It is Ada Lovelace who has the name')
      expect(page).toContain(`href="/people/${adaId}"`)
      await console.surface.ask('POST', '/Users', { body: person('ana') })
      const unsure = await entryOf('POST', '/Users', { body: ada })
      expect(unsure.text).toContain('Another user has this user name')
      expect(unsure.text).not.toContain('who has the name')
    })

    it('is of its own domain and for its administrators alone', async () => {
      const { surface } = console
      const rows = await surface.log()
      const entry = `${log}/${rows[0]?.id}`
      const stranger = await console.enter((await surface.addTenant('other.test')).organizationId, 15)
      const member = await console.enter(surface.tenant.organizationId, 1)
      for (const path of [entry, `${entry}/dry-run`]) {
        expect((await stranger.open(path)).status).toBe(404)
        expect((await member.open(path)).status).toBe(403)
      }
    })
  })
})
