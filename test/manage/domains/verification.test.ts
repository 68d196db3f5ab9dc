// POST /domains/{id}/verify: what DNS says, who else may hold the name, and how often one may ask.
import { beforeAll, describe, expect, it } from 'vitest'
import type { TxtAnswer } from '../../../src/outside/dns.ts'
import { eachDatabase } from '../../database.ts'
import { type Client, errorOf, type Installation, install, invalid } from '../../http/api/client.ts'

let names = 0

describe('domain verification', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    beforeAll(async () => {
      installation = await install(await open())
    })

    const claim = async (
      name = `name${names++}.test`,
      { organizationId, owner } = installation as Claimant,
    ) => {
      const path = `/api/organizations/${organizationId}/domains`
      const { body } = await owner('POST', path, { body: { domain: name } })
      return { name, path: `${path}/${body.id}`, challenge: String(body.verification_challenge), owner }
    }
    const publish = (name: string, ...values: string[]) => {
      const { dns } = installation.ctx
      dns.set(`_gatehouse-challenge.${name}`, { outcome: 'found', values })
    }
    const verify = ({ owner, path }: { owner: Client; path: string }) => owner('POST', `${path}/verify`)

    it('POST /domains/{id}/verify: any record equal to the challenge verifies', async () => {
      const domain = await claim()
      publish(domain.name, 'v=spf1 -all', domain.challenge)
      const { status, body } = await verify(domain)
      expect(status).toBe(200)
      expect(body).toMatchObject({
        is_verified: true,
        verified_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        verification_check: {
          outcome: 'verified',
          name: `_gatehouse-challenge.${domain.name}`,
          found: ['v=spf1 -all', domain.challenge],
          resolver_error: null,
          hint: null,
        },
      })
      expect((await domain.owner('GET', domain.path)).body.is_verified).toBe(true)
    })

    const failures: [string, TxtAnswer, object][] = [
      ['no record', { outcome: 'absent' }, { outcome: 'not_found', found: [] }],
      ['another value', { outcome: 'found', values: ['x'] }, { outcome: 'mismatch', found: ['x'] }],
      [
        'a time-out',
        { outcome: 'failed', error: 'no answer in time' },
        { outcome: 'resolver_error', found: [], resolver_error: 'no answer in time' },
      ],
    ]
    it.each(failures)(
      'POST /domains/{id}/verify: %s is 200 and says what was seen',
      async (_case, answer, check) => {
        const domain = await claim()
        installation.ctx.dns.set(`_gatehouse-challenge.${domain.name}`, answer)
        const { status, body } = await verify(domain)
        expect(status).toBe(200)
        expect(body).toMatchObject({ is_verified: false, verified_at: null, verification_check: check })
        expect(body.last_checked_at).toEqual(expect.any(String))
        expect((await domain.owner('GET', domain.path)).body.last_checked_at).toBe(body.last_checked_at)
      },
    )

    it('POST /domains/{id}/verify: the challenge of another organization proves nothing', async () => {
      const other = await installation.another()
      const theirs = await claim(undefined, other)
      const ours = await claim(theirs.name)
      publish(theirs.name, theirs.challenge)
      expect((await verify(ours)).body).toMatchObject({ is_verified: false })
    })

    it('POST /domains/{id}/verify: a verified domain is already_verified', async () => {
      const domain = await claim()
      publish(domain.name, domain.challenge)
      await verify(domain)
      expect(errorOf(await verify(domain))).toEqual(invalid('already_verified', null))
      // One whose record was missed since is verified all the same: it is the console that looks again.
      const { db } = installation.ctx
      const failingSince = { failing_since: installation.ctx.now().toISOString() }
      await db.updateTable('domains').set(failingSince).where('name', '=', domain.name).execute()
      expect(errorOf(await verify(domain))).toEqual(invalid('already_verified', null))
    })

    it('POST /domains/{id}/verify: one try in 5 seconds for each domain, then 429 with Retry-After', async () => {
      const domain = await claim()
      expect((await verify(domain)).status).toBe(200)
      const second = await verify(domain)
      expect(errorOf(second)).toEqual({ status: 429, type: 'throttled_error', code: 'throttled', attr: null })
      expect(second.headers.get('retry-after')).toBe('5')
      expect((await verify(await claim())).status).toBe(200)
      installation.ctx.clock.advance(5001)
      expect((await verify(domain)).status).toBe(200)
    })

    it('POST /domains/{id}/verify: of two tries at once one is made', async () => {
      const domain = await claim()
      const statuses = (await Promise.all([verify(domain), verify(domain)])).map(answer => answer.status)
      expect(statuses.sort()).toEqual([200, 429])
    })

    it('POST /domains/{id}/verify: a name that another organization holds verified is domain_taken', async () => {
      const theirs = await claim(undefined, await installation.another())
      publish(theirs.name, theirs.challenge)
      await verify(theirs)
      const ours = await claim(theirs.name)
      publish(ours.name, theirs.challenge, ours.challenge)
      expect(errorOf(await verify(ours))).toEqual(invalid('domain_taken', null))
    })

    it('POST /domains/{id}/verify: two organizations that prove the name at once: one wins, one is domain_taken', async () => {
      for (let round = 0; round < 5; round++) {
        const theirs = await claim(undefined, await installation.another())
        const ours = await claim(theirs.name)
        publish(ours.name, theirs.challenge, ours.challenge)
        const both = await Promise.all([verify(theirs), verify(ours)])
        expect(both.map(answer => answer.body.code ?? 'verified').sort()).toEqual([
          'domain_taken',
          'verified',
        ])
      }
    })

    it('POST /domains/{id}/verify: is audited when it succeeds', async () => {
      const domain = await claim()
      publish(domain.name, domain.challenge)
      await verify(domain)
      const log = `/api/organizations/${installation.organizationId}/audit_log?action=domain.verified&page_size=1`
      expect((await domain.owner('GET', log)).body.results).toMatchObject([
        { target: { label: domain.name }, changes: { is_verified: { before: false, after: true } } },
      ])
    })
  })
})

type Claimant = Pick<Installation, 'organizationId' | 'owner'>
