// Two organizations, each with its own identity provider: nothing that belongs to one counts at the other.
import { beforeAll, describe, expect, it } from 'vitest'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { changeDomain } from '../../../src/manage/domains/domains.ts'
import { eachDatabase } from '../../database.ts'
import {
  type Answering,
  type Connected,
  codeOn,
  openWorld,
  respond,
  signIn,
  type World,
} from '../../http/saml/world.ts'
import { nextIdp } from '../../saml/keys.ts'
import { bearer } from '../../saml/provider.ts'

const otherEntityId = 'https://idp.other.test/entity'

describe('tenant crossing', () => {
  eachDatabase((_, open) => {
    let world: World
    let acme: Connected
    let other: Connected
    /** By the key and the name of the other's identity provider. */
    const byOther: Partial<Answering> = {
      making: { signing: { key: nextIdp } },
      changes: { issuer: otherEntityId },
    }
    beforeAll(async () => {
      world = await openWorld(await open())
      acme = await world.connect('acme.test')
      const { organizationId } = await world.another()
      const saml = { saml_entity_id: otherEntityId, saml_x509_cert: nextIdp.certificate }
      const patch = { ...saml, saml_idp_initiated_enabled: true, jit_provisioning_enabled: true }
      other = await world.connect('other.test', patch, organizationId)
      await changeDomain(world.ctx, operatorCaller(acme.organizationId), {
        id: acme.id,
        patch: { saml_idp_initiated_enabled: true, jit_provisioning_enabled: true },
      })
      await world.addMember(acme.organizationId, 'ada@acme.test', 15)
      await world.addMember(other.organizationId, 'eve@other.test', 15)
    })

    /** What the other organization's identity provider can make of an answer to `acme`. */
    const attack = async (answering: Partial<Answering>) => {
      const browser = world.browser()
      const { requestId, relayState } = await browser.start(`/saml/${acme.id}/login`)
      const SAMLResponse = respond(world, acme, { requestId, ...answering })
      return codeOn(await browser.answer(acme, { SAMLResponse, RelayState: relayState }))
    }

    it('each signs its own people in', async () => {
      expect((await signIn(world, acme)).response.status).toBe(303)
      expect((await signIn(world, other, { ...byOther, email: 'eve@other.test' })).response.status).toBe(303)
    })

    it('the key of the other', async () => {
      expect(await attack({ making: { signing: { key: nextIdp } } })).toBe('saml_wrong_certificate')
      expect(await attack(byOther)).toBe('saml_wrong_certificate')
    })

    it('the issuer of the other', async () => {
      expect(await attack({ changes: { issuer: otherEntityId } })).toBe('saml_issuer_mismatch')
    })

    it('the audience of the other', async () => {
      const audience = `<A:AudienceRestriction><A:Audience>${other.spEntityId}</A:Audience></A:AudienceRestriction>`
      expect(await attack({ changes: { audience } })).toBe('saml_audience_mismatch')
    })

    it('the recipient and the destination of the other', async () => {
      const until = new Date(world.ctx.now().getTime() + 60_000).toISOString()
      const confirmation = `<A:SubjectConfirmation Method="${bearer}"><A:SubjectConfirmationData NotOnOrAfter="${until}" Recipient="${other.acsUrl}"/></A:SubjectConfirmation>`
      expect(await attack({ changes: { confirmation } })).toBe('saml_recipient_mismatch')
      expect(await attack({ changes: { destination: ` Destination="${other.acsUrl}"` } })).toBe(
        'saml_destination_mismatch',
      )
    })

    it('the request and the RelayState of the other, in the browser that has both', async () => {
      const browser = world.browser()
      const here = await browser.start(`/saml/${acme.id}/login`)
      const there = await browser.start(`/saml/${other.id}/login`)
      for (const [requestId, relayState] of [
        [there.requestId, there.relayState],
        [there.requestId, here.relayState],
        [here.requestId, there.relayState],
      ] as const) {
        const SAMLResponse = respond(world, acme, { requestId })
        const response = await browser.answer(acme, { SAMLResponse, RelayState: relayState })
        expect(await codeOn(response)).toBe('saml_request_unknown')
      }
    })

    it('a whole response of the other, unsolicited or not', async () => {
      const { SAMLResponse } = await signIn(world, other, { ...byOther, email: 'eve@other.test' })
      expect(await codeOn(await world.browser().answer(acme, { SAMLResponse }))).toBe(
        'saml_wrong_certificate',
      )
      const unsolicited = respond(world, other, { ...byOther, email: 'eve@other.test', requestId: null })
      expect(await codeOn(await world.browser().answer(acme, { SAMLResponse: unsolicited }))).toBe(
        'saml_wrong_certificate',
      )
    })

    it('people of the other, by address or by NameID', async () => {
      for (const email of ['ada@acme.test', 'new@acme.test', 'ada@sub.acme.test']) {
        const { response } = await signIn(world, other, { ...byOther, email })
        expect(await codeOn(response)).toBe('saml_domain_not_allowed')
      }
      await signIn(world, acme, { nameId: 'shared' })
      const { response } = await signIn(world, other, {
        ...byOther,
        email: 'eve@other.test',
        nameId: 'shared',
      })
      expect(response.status).toBe(303)
      const [row] = await world.logOf(other)
      const [session] = await world.ctx.db
        .selectFrom('sessions')
        .innerJoin('people', 'people.id', 'sessions.person_id')
        .select('people.email')
        .where('organization_id', '=', other.organizationId)
        .orderBy('sessions.id', 'desc')
        .execute()
      expect([row?.email, session?.email]).toEqual(['eve@other.test', 'eve@other.test'])
    })

    it('the same assertion id at both is used at each', async () => {
      const changes = { assertionId: '_same' }
      const first = respond(world, acme, { requestId: null, changes })
      const second = respond(world, other, {
        requestId: null,
        email: 'eve@other.test',
        making: byOther.making ?? {},
        changes: { ...changes, issuer: otherEntityId },
      })
      expect((await world.browser().answer(acme, { SAMLResponse: first })).status).toBe(303)
      expect((await world.browser().answer(other, { SAMLResponse: second })).status).toBe(303)
    })

    it('the log of one is not that of the other', async () => {
      const path = `/api/organizations/${acme.organizationId}/domains/${other.id}/saml`
      expect((await world.owner('GET', `${path}/logs`)).status).toBe(404)
      expect((await world.owner('POST', `${path}/test`)).status).toBe(404)
    })
  })
})
