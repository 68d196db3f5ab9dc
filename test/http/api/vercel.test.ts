// Vercel's installation flow, as its Marketplace Partner API describes it: tokens, installations, errors in its form.
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../database.ts'
import { type FakeVercel, integrationId, startVercel } from '../../vendors/vercel.ts'
import { errorOf, type Installation, install } from './client.ts'

const wish = (changes: object = {}) => ({
  scopes: ['read:project', 'read-write:integration-configuration'],
  acceptedPolicies: { toc: '2026-01-01T00:00:00Z' },
  credentials: { access_token: 'the access token of the installation', token_type: 'Bearer' },
  account: {
    name: 'Lovelace Ltd',
    url: 'https://vercel.com/lovelace',
    contact: { email: 'Billing@lovelace.test', name: 'B' },
  },
  ...changes,
})
const plan = { id: 'free', type: 'subscription', name: 'Free' }

describe('Vercel', () => {
  eachDatabase((_, open) => {
    let vercel: FakeVercel
    let installation: Installation
    let serial = 0
    beforeAll(async () => {
      vercel = await startVercel()
      installation = await install(await open(), {
        vercelIntegrationId: integrationId,
        vercelJwksUrl: `${vercel.url}/.well-known/jwks`,
      })
    })
    let id: string
    let path: string
    beforeEach(() => {
      serial += 1
      id = `icfg_${serial}`
      path = `/api/vercel/v1/installations/${id}`
    })

    const call = (method: string, token: string | undefined, body?: object, headers = {}) =>
      installation.clientWith(token)(method, path, { ...(body && { body }), headers })
    const put = async (body: object = wish(), token?: string) =>
      call('PUT', token ?? (await vercel.userToken(id)), body)
    const rows = (organizationId?: string) => {
      const query = installation.ctx.db
        .selectFrom('integrations')
        .selectAll()
        .where('integration_id', '=', id)
      return (organizationId ? query.where('organization_id', '=', organizationId) : query).execute()
    }
    const rejection = ({ status, body }: Awaited<ReturnType<typeof call>>) => ({
      status,
      code: (body.error as { code: string } | undefined)?.code,
    })
    const unauthorized = { status: 401, code: 'unauthorized' }
    const forbidden = { status: 403, code: 'forbidden' }

    it('PUT makes an organization with whoever installed it as owner, GET shows the plan', async () => {
      const answer = await put()
      expect([answer.status, answer.body]).toEqual([200, { billingPlan: expect.objectContaining(plan) }])
      const [row] = await rows()
      expect(row).toMatchObject({ kind: 'vercel', type: 'marketplace' })
      expect(JSON.parse(row?.config ?? '')).toEqual({
        scopes: wish().scopes,
        accepted_policies: wish().acceptedPolicies,
        account: { ...wish().account, contact: { email: 'billing@lovelace.test', name: 'B' } },
        billing_plan_id: 'free',
      })
      expect(JSON.stringify(row)).not.toContain('the access token')
      const { db } = installation.ctx
      const members = await db
        .selectFrom('members')
        .innerJoin('people', 'people.id', 'members.person_id')
        .innerJoin('organizations', 'organizations.id', 'members.organization_id')
        .select(['people.email', 'people.first_name', 'members.level', 'organizations.name'])
        .where('organization_id', '=', row?.organization_id ?? '')
        .execute()
      expect(members).toEqual([
        { email: 'ada@vercel-customer.test', first_name: 'Ada', level: 15, name: 'Lovelace Ltd' },
      ])
      const shown = await call('GET', await vercel.systemToken(id))
      expect([shown.status, shown.body]).toEqual([200, { billingPlan: expect.objectContaining(plan) }])
    })

    it('where Vercel vouches for no address, the account’s contact is the owner', async () => {
      await put(
        wish(),
        await vercel.userToken(id, { claims: { user_email: undefined, user_name: undefined } }),
      )
      const [row] = await rows()
      const person = installation.ctx.db
        .selectFrom('people')
        .selectAll()
        .where('id', '=', row?.created_by ?? '')
      expect(await person.executeTakeFirst()).toMatchObject({
        email: 'billing@lovelace.test',
        is_email_verified: 0,
      })
    })

    it('an address that is none and a name that no database takes are not kept as they are', async () => {
      const claims = { user_email: 'a,b@vercel.test', user_name: 'A\0da' }
      const account = { ...wish().account, contact: { email: 'strange@lovelace.test' } }
      const token = await vercel.userToken(id, { claims })
      expect((await put({ ...wish(), account }, token)).status).toBe(200)
      const [row] = await rows()
      const people = installation.ctx.db.selectFrom('people').selectAll()
      expect(await people.where('id', '=', row?.created_by ?? '').executeTakeFirst()).toMatchObject({
        first_name: 'A\ufffdda',
        email: 'strange@lovelace.test',
        is_email_verified: 0,
      })
    })

    it('PUT again brings up to date what is there; of several at once one makes it', async () => {
      const answers = await Promise.all([put(), put(), put(), put()])
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
      expect(await rows()).toHaveLength(1)
      const [before] = await rows()
      await put(wish({ credentials: { access_token: 'another token' }, scopes: ['read:user'] }))
      const [after] = await rows()
      expect(after?.organization_id).toBe(before?.organization_id)
      expect(after?.sealed).not.toBe(before?.sealed)
      expect(JSON.parse(after?.config ?? '').scopes).toEqual(['read:user'])
    })

    it('PATCH takes the plan that there is, and no other', async () => {
      await put()
      const token = await vercel.userToken(id)
      expect(await call('PATCH', token, { billingPlanId: 'free' })).toMatchObject({
        status: 200,
        body: { billingPlan: plan },
      })
      expect(await call('PATCH', token, { billingPlanId: 'gold' })).toMatchObject({
        status: 400,
        body: { error: { code: 'invalid_choice', fields: [{ key: 'billingPlanId' }] } },
      })
    })

    it('DELETE ends the installation, by a person or by Vercel itself; again it is as good; the organization stays', async () => {
      for (const token of [await vercel.userToken(id), await vercel.systemToken(id)]) {
        await put()
        const [row] = await rows()
        for (let times = 1; times <= 2; times++) {
          const answer = await call('DELETE', token)
          expect([answer.status, answer.body]).toEqual([200, { finalized: true }])
        }
        expect(await rows()).toEqual([])
        expect(rejection(await call('GET', await vercel.systemToken(id)))).toEqual({
          status: 404,
          code: 'not_found',
        })
        const organization = installation.ctx.db.selectFrom('organizations').select('id')
        expect(await organization.where('id', '=', row?.organization_id ?? '').execute()).toHaveLength(1)
      }
    })

    it.each([
      [{ credentials: undefined }, 'required', 'credentials'],
      [{ credentials: { access_token: '' } }, 'blank', 'credentials'],
      [{ account: { contact: { email: 'nobody' } } }, 'invalid_input', 'account'],
      [{ account: 'x' }, 'invalid_input', 'account'],
      [{ scopes: 'all' }, 'invalid_input', 'scopes'],
      [{ account: { name: '\u0000', contact: { email: 'a@b.test' } } }, 'invalid_input', 'account'],
    ])('PUT with %j is 400 in the form of Vercel', async (changes, code, key) => {
      const { status, body } = await put(wish(changes))
      expect([status, body]).toEqual([
        400,
        { error: { code, message: expect.any(String), fields: [{ key, message: expect.any(String) }] } },
      ])
      expect(await rows()).toEqual([])
    })

    it('what is no JSON is 400 as well', async () => {
      const token = await vercel.userToken(id)
      const answer = await installation.clientWith(token)('PUT', path, {
        raw: '{',
        headers: { 'Content-Type': 'application/json' },
      })
      expect(rejection(answer)).toEqual({ status: 400, code: 'parse_error' })
    })

    it('a strange name becomes an organization’s all the same', async () => {
      await put(wish({ account: { name: `  ${'é'.repeat(100)}  `, contact: { email: 'a@b.test' } } }))
      expect(await rows()).toHaveLength(1)
    })

    describe('who may', () => {
      it('nobody without a token, or with an API key of ours', async () => {
        for (const token of [undefined, 'x', 'a.b.c'])
          for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'])
            expect(rejection(await call(method, token, method === 'GET' ? undefined : wish()))).toEqual(
              unauthorized,
            )
        expect(await rows()).toEqual([])
      })

      it.each<[string, Parameters<FakeVercel['userToken']>[1]]>([
        ['another issuer', { claims: { iss: 'https://vercel.com' } }],
        ['another integration', { claims: { aud: 'oac_other' } }],
        ['several audiences without ours', { claims: { aud: ['oac_a', 'oac_b'] } }],
        ['an expired one', { expiresAt: new Date(Date.now() - 61_000) }],
        ['one without an end', { claims: { exp: undefined } }],
        ['one that begins later', { claims: { nbf: Math.floor(Date.now() / 1000) + 3600 } }],
        ['another type of token', { header: { typ: 'at+jwt' } }],
        ['no type of token', { header: { typ: undefined } }],
        ['an unknown key', { header: { kid: 'vercel-2' } }],
        ['no installation', { claims: { installation_id: undefined } }],
        ['no account', { claims: { account_id: undefined } }],
        ['a subject of another form', { claims: { sub: 'user:d4e5f6' } }],
        ['no subject', { claims: { sub: undefined } }],
        ['no user', { claims: { user_id: undefined } }],
        ['a role that there is not', { claims: { user_role: 'OWNER' } }],
        ['another kind of token', { claims: { type: 'refresh_token' } }],
      ])('401 for a token of %s', async (_name, changes) => {
        const token = await vercel.userToken(id, changes)
        expect(rejection(await put(wish(), token))).toEqual(unauthorized)
      })

      it('401 for a token that somebody else signed, or nobody, or with the public key as a secret', async () => {
        const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
        const claims = JSON.parse(
          Buffer.from((await vercel.userToken(id)).split('.')[1] ?? '', 'base64url').toString(),
        )
        const foreign = await new SignJWT(claims)
          .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'vercel-1' })
          .sign(privateKey)
        const withJwk = await new SignJWT(claims)
          .setProtectedHeader({ alg: 'RS256', typ: 'JWT', jwk: await exportJWK(publicKey) })
          .sign(privateKey)
        const symmetric = await new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: 'vercel-1' })
          .sign(new TextEncoder().encode('a secret that is long enough for HS256'))
        const body = Buffer.from(JSON.stringify(claims)).toString('base64url')
        const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${body}.`
        for (const token of [foreign, withJwk, symmetric, unsigned])
          expect(rejection(await put(wish(), token))).toEqual(unauthorized)
      })

      it('403 for another installation, for Vercel itself where a person is asked for, and for a word that is not so', async () => {
        expect(rejection(await put(wish(), await vercel.userToken('icfg_other')))).toEqual(forbidden)
        expect(rejection(await put(wish(), await vercel.systemToken(id)))).toEqual(forbidden)
        expect(rejection(await call('GET', await vercel.systemToken(null)))).toEqual(forbidden)
        await put()
        const said = { 'X-Vercel-Auth': 'user' }
        expect(rejection(await call('GET', await vercel.systemToken(id), undefined, said))).toEqual(forbidden)
        expect((await call('GET', await vercel.userToken(id), undefined, said)).status).toBe(200)
      })

      it('403 for a person who may only read at Vercel, save for reading', async () => {
        await put()
        const reader = await vercel.userToken(id, { claims: { user_role: 'USER' } })
        expect(rejection(await put(wish(), reader))).toEqual(forbidden)
        expect(rejection(await call('DELETE', reader))).toEqual(forbidden)
        expect((await call('GET', reader)).status).toBe(200)
      })

      it('a system token may have no subject', async () => {
        await put()
        const token = await vercel.systemToken(id, { claims: { sub: null } })
        expect((await call('GET', token)).status).toBe(200)
      })
    })

    it('the keys are fetched once, and 503 says that they could not be had', async () => {
      const before = vercel.keyFetches
      for (let times = 1; times <= 5; times++) await put()
      expect(vercel.keyFetches - before).toBeLessThanOrEqual(1)
      const dark = await install(await open(), {
        vercelIntegrationId: integrationId,
        vercelJwksUrl: 'http://127.0.0.1:49151/jwks',
      })
      const answer = await dark.clientWith(await vercel.userToken(id))('PUT', path, { body: wish() })
      expect(rejection(answer)).toEqual({ status: 503, code: 'unavailable' })
      expect(answer.headers.get('retry-after')).toBe('30')
    })

    it('404 for every method where Vercel is not configured, as for any route that is not there', async () => {
      const bare = await install(await open())
      const token = await vercel.userToken(id)
      for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'])
        expect(errorOf(await bare.clientWith(token)(method, path))).toEqual({
          status: 404,
          type: 'invalid_request',
          code: 'not_found',
          attr: null,
        })
    })
  })
})
