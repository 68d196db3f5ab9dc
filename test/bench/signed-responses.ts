// Sign-ins under way at a server, and the signed responses that finish them: each is good for one post.

import { digestOf, newSecret } from '../../src/base/secret.ts'
import { closeDatabase, openDatabase, transact } from '../../src/store/db.ts'
import { insertSignInRequest } from '../../src/store/sign-in/requests.ts'
import { makePushTarget, type PushTarget } from '../push-target.ts'
import { idp } from '../saml/keys.ts'
import { attributeStatement, bearer, connection, encode, formats, make } from '../saml/provider.ts'
import type { Bench } from './bench.ts'
import { type People, pushPeople } from './calls.ts'

const people = 1000
const minutes = 15

export interface SignInDomain {
  readonly server: string
  readonly target: PushTarget
  readonly people: People
  readonly acsUrl: string
  readonly spEntityId: string
  /** Starts so many sign-ins and answers them; nobody has posted the answers yet. */
  prepare(count: number): Promise<Answer[]>
}

export interface Answer {
  readonly response: string
  readonly relayState: string
  /** Of the browser in which all of them were started. */
  readonly binding: string
}

/** A running server, and people whom SCIM has pushed and SAML lets in. */
export async function openSignInDomain(bench: Bench): Promise<SignInDomain> {
  const env = bench.env()
  const target = await makePushTarget(env)
  const { domainId } = target
  const db = await openDatabase(`sqlite:${env.GATEHOUSE_DATA_DIR}/gatehouse.db`)
  bench.defer(() => closeDatabase(db))
  await db
    .updateTable('domains')
    .set({
      saml_entity_id: connection.idpEntityId,
      saml_sso_url: 'https://idp.test/sso',
      saml_certificates: idp.certificate,
    })
    .where('id', '=', domainId)
    .execute()
  const { url: server } = await bench.serve(env)
  const [acsUrl, spEntityId] = [`${server}/saml/${domainId}/acs`, `${server}/saml/${domainId}/metadata`]
  const prepare = async (count: number) => {
    const now = new Date()
    const binding = newSecret()
    const started = Array.from({ length: count }, () => ({ id: `_${newSecret()}`, relayState: newSecret() }))
    await transact(db, async tx => {
      for (const { id, relayState } of started)
        await insertSignInRequest(tx, {
          domain_id: domainId,
          id,
          relay_digest: digestOf(relayState),
          binding_digest: digestOf(binding),
          kind: 'sp',
          next: '/',
          created_at: now.toISOString(),
          expires_at: minutesAfter(now, minutes),
          xml: '<samlp:AuthnRequest/>',
        })
    })
    return started.map(({ id, relayState }, index) => ({
      response: responseTo({ id, email: `person${index % people}@acme.test`, now }, { acsUrl, spEntityId }),
      relayState,
      binding,
    }))
  }
  return { server, target, people: await pushPeople(server, target, people), acsUrl, spEntityId, prepare }
}

const minutesAfter = (time: Date, count: number) => new Date(time.getTime() + count * 60_000).toISOString()

type Request = { readonly id: string; readonly email: string; readonly now: Date }

function responseTo(
  { id, email, now }: Request,
  { acsUrl, spEntityId }: Pick<SignInDomain, 'acsUrl' | 'spEntityId'>,
): string {
  const [at, end] = [minutesAfter(now, 0), minutesAfter(now, minutes)]
  const inResponseTo = ` InResponseTo="${id}"`
  return encode(
    make({
      destination: ` Destination="${acsUrl}"`,
      responseInResponseTo: inResponseTo,
      responseIssueInstant: at,
      assertionId: `_${newSecret()}`,
      issueInstant: at,
      nameId: `<A:NameID Format="${formats.email}">${email}</A:NameID>`,
      confirmation: `<A:SubjectConfirmation Method="${bearer}"><A:SubjectConfirmationData${inResponseTo} NotOnOrAfter="${end}" Recipient="${acsUrl}"/></A:SubjectConfirmation>`,
      conditionsTimes: ` NotBefore="${minutesAfter(now, -5)}" NotOnOrAfter="${end}"`,
      audience: `<A:AudienceRestriction><A:Audience>${spEntityId}</A:Audience></A:AudienceRestriction>`,
      authn: `<A:AuthnStatement AuthnInstant="${at}" SessionNotOnOrAfter="${minutesAfter(now, 480)}"><A:AuthnContext><A:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</A:AuthnContextClassRef></A:AuthnContext></A:AuthnStatement>`,
      attributes: attributeStatement([
        ['email', email],
        ['firstName', 'Person'],
        ['lastName', 'Example'],
      ]),
    }),
  )
}
