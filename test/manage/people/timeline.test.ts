// The timeline out of a real database: all that was written about somebody, each thing once, however it is cut into pages.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId, newIdAt } from '../../../src/base/id.ts'
import { operatorActor } from '../../../src/domain/actor.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { removeDomain } from '../../../src/manage/domains/domains.ts'
import type { TimelineEntry } from '../../../src/manage/people/entries.ts'
import { findSubject, type Subject } from '../../../src/manage/people/subject.ts'
import { readTimeline, type TimelineKind } from '../../../src/manage/people/timeline.ts'
import { readVerdict } from '../../../src/manage/people/verdict.ts'
import type { Db } from '../../../src/store/db.ts'
import { transact } from '../../../src/store/db.ts'
import { insertScimLog } from '../../../src/store/domain/scim-log.ts'
import { findPersonByEmail } from '../../../src/store/organization/people.ts'
import { appendAudit } from '../../../src/store/records/audit.ts'
import { insertSignIn } from '../../../src/store/sign-in/sign-ins.ts'
import { eachDatabase } from '../../database.ts'
import { ada, openSurface, patchOf, person, type Surface, setActive } from '../../http/scim/surface.ts'

const start = Date.parse('2026-01-31T12:00:00.000Z')

describe('the timeline', () => {
  eachDatabase((_, open) => {
    let db: Db
    let surface: Surface
    let tenant: Surface['tenant']
    beforeAll(async () => {
      db = await open()
      surface = await openSurface(db)
      tenant = surface.tenant
    })

    const caller = () => operatorCaller(tenant.organizationId)
    const subjectOf = async (id: string): Promise<Subject> => {
      const found = await findSubject(surface.ctx, caller(), id)
      return 'otherId' in found ? subjectOf(found.otherId) : found.subject
    }
    const read = async (
      id: string,
      { kind, before, limit = 100 }: { kind?: TimelineKind; before?: string; limit?: number } = {},
    ) => {
      await surface.recorder.flush()
      return readTimeline(surface.ctx, caller(), { subject: await subjectOf(id), kind, before, limit })
    }
    const push = async (name: string) => {
      const { body } = await surface.ask('POST', '/Users', { body: person(name) })
      return String(body.id)
    }
    const told = (entry: TimelineEntry) =>
      entry.kind === 'scim'
        ? entry.request.outcome
        : entry.kind === 'change'
          ? entry.first.action
          : (entry.attempt.code ?? 'in')

    it('has a request of the directory once, with what it changed in it', async () => {
      const { body } = await surface.ask('POST', '/Users', { body: ada })
      await surface.ask('PATCH', `/Users/${body.id}`, { body: setActive(false) })
      await surface.ask('PATCH', `/Users/${body.id}`, {
        body: patchOf({ op: 'replace', path: 'active', value: 'perhaps' }),
      })
      const { entries } = await read(body.id)
      expect(entries.map(entry => [entry.kind, entry.changes.map(({ action }) => action)])).toEqual([
        ['scim', []],
        ['scim', ['user.updated']],
        ['scim', ['user.created']],
      ])
      const [refused, off] = entries.map(told)
      expect(refused).toMatch(/^Refused to patch the user|^Refused/)
      expect(off).toContain('Ada Lovelace')
      expect(off).toContain('suspended')
    })

    it('has the groups that they came into and left, with the request that did it', async () => {
      const id = await push('grouped')
      const group = await surface.ask('POST', '/Groups', {
        body: {
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
          displayName: 'Makers',
          members: [{ value: id }],
        },
      })
      await surface.ask('PATCH', `/Groups/${group.body.id}`, {
        body: patchOf({ op: 'remove', path: `members[value eq "${id}"]` }),
      })
      const { entries } = await read(id)
      expect(entries.map(told).slice(0, 2)).toEqual(['group.updated', 'group.created'])
      const log = await surface.log()
      for (const entry of entries.slice(0, 2)) {
        const logId = entry.kind === 'change' ? entry.request?.logId : undefined
        expect(log.find(row => row.id === logId)?.resource_id).toBe(group.body.id)
      }
    })

    it('goes on when the directory deletes somebody and makes them anew', async () => {
      const first = await push('again')
      await surface.ask('DELETE', `/Users/${first}`)
      const person = await findPersonByEmail(db, 'again@acme.test')
      expect((await subjectOf(first)).personId).toBe(person?.id)
      const second = await push('again')
      const { entries } = await read(second)
      expect(entries.map(entry => entry.changes[0]?.action)).toEqual([
        'user.created',
        'user.deleted',
        'user.created',
      ])
      expect(await read(first)).toEqual(await read(person?.id ?? ''))
    })

    it('keeps what the directory did to their membership when the domain is given up', async () => {
      const other = await surface.addDomain(tenant.organizationId, 'given-up.test')
      const at = surface.as(other)
      const { body } = await at.ask('POST', '/Users', { body: person('kept') })
      await at.ask('PATCH', `/Users/${body.id}`, { body: setActive(false) })
      const personId = (await findPersonByEmail(db, 'kept@acme.test'))?.id ?? ''
      expect((await read(personId)).entries.map(told)).toHaveLength(2)
      await removeDomain(surface.ctx, caller(), other.domain.id)
      expect((await read(personId)).entries.map(told)).toEqual(['user.updated', 'user.created'])
      const { end } = await readVerdict(surface.ctx, caller(), await subjectOf(personId))
      expect(end).toMatchObject({ how: 'suspended', by: { type: 'scim' }, request: null })
    })

    it('is one list however it is cut, with many things in the same millisecond', async () => {
      const userId = await push('busy')
      const { personId } = await subjectOf(userId)
      await surface.recorder.flush()
      for (const row of madeUp(userId, personId ?? '')) await row()
      for (const kind of [undefined, 'scim', 'sign-ins', 'changes'] as const) {
        const whole = await read(userId, { ...(kind && { kind }), limit: 1000 })
        expect(whole.hasOlder).toBe(false)
        expect(whole.entries.length).toBeGreaterThan(15)
        const ids = whole.entries.map(({ id }) => id)
        expect(ids).toEqual(ids.toSorted().reverse())
        for (const limit of [1, 4, 7]) {
          const pages: TimelineEntry[] = []
          for (let before: string | undefined; ; ) {
            const page: Awaited<ReturnType<typeof read>> = await read(userId, {
              ...(kind && { kind }),
              ...(before && { before }),
              limit,
            })
            pages.push(...page.entries)
            before = page.entries.at(-1)?.id
            if (!page.hasOlder) break
          }
          expect(pages).toEqual(whole.entries)
        }
      }
    })

    /** Requests, refusals, sign-ins and deeds, four of each in one millisecond, some of which come of the same request. */
    function madeUp(userId: string, personId: string): (() => Promise<unknown>)[] {
      const at = (step: number) => new Date(start + Math.floor(step / 4) * 7)
      const deeds = Array.from({ length: 80 }, (_, step) => {
        const requestId = `r${step}`
        const now = at(step).toISOString()
        const audit = (action: string, type: string, about: string[]) =>
          appendAudit(db, tenant.organizationId, {
            actor: { ...operatorActor, type: step % 4 === 1 ? 'scim' : 'saml', requestId },
            action,
            target: { type, id: type === 'user' ? userId : newId(), label: 'busy@acme.test' },
            about,
            changes: { step: { before: null, after: step } },
            now,
          })
        const kinds = [
          () => audit('member.level_changed', 'member', [personId]),
          async () => {
            await audit('user.updated', 'user', [])
            await transact(db, tx => insertScimLog(tx, [logRow(userId, requestId, at(step))]))
          },
          () =>
            insertSignIn(db, {
              ...signInRow(personId, requestId, at(step)),
              code: null,
              outcome: 'accepted',
            }).then(() => audit('session.created', 'session', [personId])),
          () =>
            insertSignIn(db, {
              ...signInRow(null, requestId, at(step)),
              code: 'saml_expired',
              outcome: 'refused',
            }),
        ]
        return kinds[step % 4] ?? (async () => {})
      })
      return deeds
    }

    const logRow = (userId: string, requestId: string, time: Date) => ({
      domain_id: tenant.domain.id,
      id: newIdAt(time),
      created_at: time.toISOString(),
      request_id: requestId,
      request_method: 'PATCH',
      request_path: '/',
      request_headers: '{}',
      request_body: null,
      response_status: 200,
      response_body: null,
      identity_provider: 'okta',
      duration_ms: 1,
      scim_type: null,
      token_hint: 'abcd',
      resource_type: 'User',
      resource_id: userId,
      outcome: 'Updated the user.',
      accommodations: '[]',
    })
    const signInRow = (personId: string | null, traceId: string, time: Date) => ({
      organization_id: tenant.organizationId,
      domain_id: tenant.domain.id,
      id: newIdAt(time),
      trace_id: traceId,
      created_at: time.toISOString(),
      kind: 'sp' as const,
      email: 'busy@acme.test',
      name_id: 'busy',
      person_id: personId,
      steps: '[]',
      attributes: '{}',
      certificate_fingerprint: null,
      idp_clock_offset_ms: null,
      duration_ms: 1,
      ip: null,
      response_xml: null,
      request_id: null,
      requested_at: null,
      request_xml: null,
      result: null,
    })

    it('shows another organization nothing of what this one has written', async () => {
      const id = await push('shared')
      const other = await surface.addTenant('timeline-other.test')
      await surface.as(other).ask('POST', '/Users', { body: person('shared') })
      const shared = await findPersonByEmail(db, 'shared@acme.test')
      const theirs = await findSubject(surface.ctx, operatorCaller(other.organizationId), shared?.id ?? '')
      if ('otherId' in theirs) throw new Error('sent on')
      const { entries } = await readTimeline(surface.ctx, operatorCaller(other.organizationId), {
        subject: theirs.subject,
        kind: undefined,
        before: undefined,
        limit: 100,
      })
      await surface.recorder.flush()
      const own = await read(id)
      expect(own.entries.length).toBeGreaterThan(0)
      const ownIds = own.entries.map(entry => entry.id)
      expect(entries.filter(entry => ownIds.includes(entry.id))).toEqual([])
      expect(theirs.subject.users.map(user => user.domain_id)).toEqual([other.domain.id])
    })
  })
})
