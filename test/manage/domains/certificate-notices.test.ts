import { generateKeyPairSync } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { selfSignedCertificate } from '../../../src/base/self-signed.ts'
import { OutboxWorker } from '../../../src/jobs/outbox.ts'
import { JobRunner } from '../../../src/jobs/runner.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { addDomain } from '../../../src/manage/domains/claim.ts'
import { changeDomain } from '../../../src/manage/domains/domains.ts'
import { updateMember } from '../../../src/store/organization/members.ts'
import { eachDatabase } from '../../database.ts'
import { type Installation, install } from '../../http/api/client.ts'

const day = 24 * 60 * 60 * 1000
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

describe('certificate notices', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    beforeEach(async () => {
      installation = await install(await open())
    })
    const certificateFor = (days: number) => {
      const now = installation.ctx.now().getTime()
      return selfSignedCertificate({
        privateKey,
        commonName: `in ${days} days`,
        notBefore: new Date(now - day),
        notAfter: new Date(now + days * day),
      })
    }
    const domainWith = async (name: string, ...certificates: string[]) => {
      const { ctx, organizationId } = installation
      const caller = operatorCaller(organizationId)
      const { id } = await addDomain(ctx, caller, { name })
      const patch = {
        saml_entity_id: 'urn:idp',
        saml_acs_url: 'https://idp.test/sso',
        saml_x509_cert: certificates.join('\n'),
      }
      return changeDomain(ctx, caller, { id, patch })
    }
    /** Lets days pass, the worker looking in more than once a day; gives the subjects of what was mailed. */
    const pass = async (days: number) => {
      const { ctx } = installation
      const before = ctx.mails.length
      for (let half = 0; half < days * 2; half++) {
        ctx.clock.advance(day / 2)
        await new JobRunner(ctx).runDue()
        await new OutboxWorker(ctx).deliverDue()
      }
      return ctx.mails.slice(before).map(({ subject }) => subject)
    }
    const expiring = (name: string, days: number) =>
      `The SAML certificate of ${name} expires in ${days === 1 ? '1 day' : `${days} days`}`

    it('come 30, 14, 7 days and a day before, once each, and none afterwards', async () => {
      await domainWith('acme.test', certificateFor(40.4))
      expect(await pass(45)).toEqual([30, 14, 7, 1].map(days => expiring('acme.test', days)))
    })

    it('come late rather than not at all, and only the one that is due', async () => {
      await domainWith('late.test', certificateFor(10.2))
      expect(await pass(1)).toEqual([expiring('late.test', 9)])
      expect(await pass(1)).toEqual([])
    })

    it('go to every active administrator and to nobody else', async () => {
      const { ctx, organizationId, memberOf } = installation
      await memberOf(organizationId, 1)
      const admin = (await (await memberOf(organizationId, 8))('GET', '/api/users/@me')).body
      const suspended = (await (await memberOf(organizationId, 8))('GET', '/api/users/@me')).body
      const personId = String(suspended.id)
      await updateMember(ctx.db, organizationId, { personId, status: 'suspended' })
      await domainWith('many.test', certificateFor(5))
      await pass(1)
      const owner = (await installation.owner('GET', '/api/users/@me')).body
      expect(ctx.mails.map(({ to }) => to).sort()).toEqual([admin.email, owner.email].sort())
    })

    it('say of an old certificate beside a newer one that little is left to do', async () => {
      await domainWith('rollover.test', certificateFor(6.2), certificateFor(400))
      expect(await pass(1)).toHaveLength(1)
      expect(installation.ctx.mails.at(-1)?.text).toContain('A newer certificate is in place already.')
    })
  })
})

describe('a lost verification', () => {
  eachDatabase((_, open) => {
    it('is mailed to the administrators, once, with the record to put back', async () => {
      const { ctx, owner, organizationId } = await install(await open())
      const path = `/api/organizations/${organizationId}/domains`
      const { body } = await owner('POST', path, { body: { domain: 'lost.test' } })
      const record = '_gatehouse-challenge.lost.test'
      ctx.dns.set(record, { outcome: 'found', values: [String(body.verification_challenge)] })
      await owner('POST', `${path}/${body.id}/verify`)
      ctx.dns.delete(record)
      for (let passed = 0; passed < 11; passed++) {
        ctx.clock.advance(day + 1000)
        await new JobRunner(ctx).runDue()
        await new OutboxWorker(ctx).deliverDue()
      }
      expect(ctx.mails.map(({ subject }) => subject)).toEqual([
        'The DNS record that verifies lost.test is gone',
      ])
      expect(ctx.mails[0]?.text).toContain(`${record}\nValue:\n  ${body.verification_challenge}`)
    })
  })
})
