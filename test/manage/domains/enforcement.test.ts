// Whom enforcement touches, how each of them came in last, and what goes with a domain, on both databases.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { readEnforcement } from '../../../src/manage/domains/enforcement.ts'
import { readHoldings } from '../../../src/manage/domains/holdings.ts'
import { findTestAfter, readProgress } from '../../../src/manage/domains/progress.ts'
import { ensureMember, updateMember } from '../../../src/store/organization/members.ts'
import { ensurePerson } from '../../../src/store/organization/people.ts'
import { insertSignIn, type SignIn } from '../../../src/store/sign-in/sign-ins.ts'
import { eachDatabase } from '../../database.ts'
import { openSurface, type Surface } from '../../http/scim/surface.ts'

describe('what enforcement touches', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    beforeAll(async () => {
      surface = await openSurface(await open())
    })
    const caller = () => operatorCaller(surface.tenant.organizationId)
    const addMember = async (
      email: string,
      lastLoginAt: string | null,
      organizationId = caller().organizationId,
    ) => {
      const { db } = surface.ctx
      const now = surface.ctx.now().toISOString()
      const person = await ensurePerson(db, {
        email,
        firstName: '',
        lastName: '',
        isEmailVerified: true,
        now,
      })
      await ensureMember(db, { organizationId, personId: person.id, level: 1, origin: 'invite', now })
      await updateMember(db, organizationId, { personId: person.id, last_login_at: lastLoginAt })
      return person.id
    }
    const addSignIn = (domainId: string, changes: Partial<SignIn>) =>
      insertSignIn(surface.ctx.db, {
        domain_id: domainId,
        organization_id: caller().organizationId,
        id: newId(),
        trace_id: 'trace',
        created_at: surface.ctx.now().toISOString(),
        kind: 'sp',
        outcome: 'accepted',
        code: null,
        email: null,
        name_id: null,
        person_id: null,
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
        ...changes,
      })

    it('counts the members with such an address, whoever came in last first, and says by which way', async () => {
      const { domain } = await surface.addDomain(caller().organizationId, 'touched.test')
      const at = '2026-02-02T10:00:00.000Z'
      const bySaml = await addMember('saml@touched.test', at)
      await addSignIn(domain.id, { person_id: bySaml, created_at: at })
      await addMember('mail@touched.test', '2026-02-03T10:00:00.000Z')
      await addMember('never@touched.test', null)
      await addMember('other@not-touched.test', at)
      await addMember('sub@sub.touched.test', at)
      const elsewhere = await surface.addTenant('touched-elsewhere.test')
      await addMember('foreign@touched.test', at, elsewhere.organizationId)
      const { count, people, owners, lastOwnerLink } = await readEnforcement(surface.ctx, caller(), domain.id)
      expect(count).toBe(3)
      expect(people.map(({ email, lastSignIn }) => [email, lastSignIn?.isSaml])).toEqual([
        ['mail@touched.test', false],
        ['saml@touched.test', true],
        ['never@touched.test', undefined],
      ])
      expect(owners).toEqual([
        expect.objectContaining({ email: 'owner@acme.test.example', isAffected: false }),
      ])
      expect(lastOwnerLink).toBeNull()
    })

    it('shows twenty of many', async () => {
      const { domain } = await surface.addDomain(caller().organizationId, 'many.test')
      for (let at = 0; at < 22; at++) await addMember(`p${at}@many.test`, null)
      const { count, people } = await readEnforcement(surface.ctx, caller(), domain.id)
      expect([count, people.length]).toEqual([22, 20])
    })

    it('counts what goes with a domain', async () => {
      const tenant = await surface.addDomain(caller().organizationId, 'held.test')
      const own = surface.as(tenant)
      const user = await own.ask('POST', '/Users', { body: { userName: 'a@held.test' } })
      await own.ask('POST', '/Groups', { body: { displayName: 'G', members: [{ value: user.body.id }] } })
      await surface.recorder.flush()
      await addSignIn(tenant.domain.id, {})
      expect(await readHoldings(surface.ctx, caller(), tenant.domain.id)).toMatchObject({
        users: 1,
        groups: 1,
        tokens: 1,
        requests: 2,
        signIns: 1,
        sessions: 0,
        levels: 0,
        members: 1,
      })
    })

    it('finds the newest test, and which identity provider used a token last', async () => {
      const tenant = await surface.addDomain(caller().organizationId, 'progress.test')
      const { id } = tenant.domain
      const first = newId()
      await addSignIn(id, { id: first, kind: 'test', outcome: 'refused', code: 'saml_expired' })
      await addSignIn(id, {})
      for (const agent of ['Okta SCIM Client 1.0.0', 'OneLogin']) {
        await surface.as(tenant).ask('GET', '/Users', { headers: { 'User-Agent': agent } })
      }
      await surface.recorder.flush()
      const { lastTest, lastUsers, testedAt, isTaken } = await readProgress(surface.ctx, caller(), id)
      expect([lastTest?.id, lastTest?.code, testedAt, isTaken]).toEqual([first, 'saml_expired', null, false])
      expect([...lastUsers.values()]).toEqual([{ identityProvider: 'onelogin', agent: 'OneLogin' }])
      const find = (since: string) => findTestAfter(surface.ctx, caller(), { domainId: id, since })
      expect([await find(''), await find(first)]).toEqual([first, undefined])
    })

    it('knows when another organization holds the name', async () => {
      await surface.addTenant('taken.test')
      const { domain } = await surface.addDomain(caller().organizationId, 'taken.test', {
        verifiedAt: null,
        verifiedBy: null,
      })
      expect((await readProgress(surface.ctx, caller(), domain.id)).isTaken).toBe(true)
    })

    it('knows no domain of another organization', async () => {
      const other = await surface.addTenant('touched-other.test')
      for (const read of [readEnforcement, readHoldings, readProgress]) {
        await expect(read(surface.ctx, caller(), other.domain.id)).rejects.toMatchObject({ kind: 'missing' })
      }
    })
  })
})
