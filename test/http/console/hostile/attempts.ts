// Sign-ins with hostile text in all that a SAML response carries: those that the road takes, and rows that stand for any other.
import { encode } from '../../../saml/provider.ts'
import { type Connected, idpEntityId, respond, signIn, type World } from '../../saml/world.ts'
import { addSignIn } from '../sign-ins/attempts.ts'
import { hostile, inXml, longWord } from './values.ts'

const email = 'zqsaml@saml.test'
const attributes = [
  ['email', email],
  ['first_name', inXml(hostile('SamlFirstName', 90))],
  ['last_name', inXml(hostile('SamlLastName', 90))],
  ['groups', inXml(hostile('SamlGroup')), inXml(hostile('SamlOtherGroup'))],
  [inXml(hostile('SamlAttribute', 300)), inXml(hostile('SamlValue')), 'javascript:alert(1)'],
  ['long', longWord('SamlLong', 3000)],
] as const

const statusOf = (message: string) =>
  `<P:Status><P:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><P:StatusCode Value="${inXml(hostile('SubStatus', 200))}"/></P:StatusCode><P:StatusMessage>${message}</P:StatusMessage></P:Status>`

export async function attemptHostile(world: World, domain: Connected): Promise<void> {
  const path = `/saml/${domain.id}/login`
  const attempt = (answering: Omit<Parameters<typeof respond>[2], 'requestId'>) =>
    signIn(world, domain, { email, attributes, path, ...answering })
  const nameId = inXml(hostile('NameId', 200))
  await attempt({ nameId })
  await attempt({ nameId: 'x', attributes: [['email', hostile('SamlEmail').replaceAll(/[<>&"]/g, '')]] })
  await attempt({ changes: { issuer: inXml(hostile('Issuer')) } })
  await attempt({ changes: { status: statusOf(inXml(hostile('StatusMessage'))) } })
  await attempt({ changes: { destination: ` Destination="${inXml(hostile('Destination'))}"` } })
  await attempt({
    changes: {
      audience: `<A:AudienceRestriction><A:Audience>${inXml(hostile('Audience'))}</A:Audience></A:AudienceRestriction>`,
    },
  })
  await attempt({ changes: { extensions: '<!--zqComment--><script>zqAlert(1)</script>-->' } })
  await attempt({ changes: { extensions: '<?zqInstruction href="javascript:zqAlert(1)"?>' } })
  await attempt({ changes: { status: statusOf(`<![CDATA[${'zqCdata<script>zqAlert(1)</script>'}]]>`) } })
  await attempt({
    changes: { declaration: '<?xml version="1.0"?><!DOCTYPE zqDoctype [<!ENTITY x "zqEntity">]>' },
  })
  await attempt({
    attributes: Array.from({ length: 300 }, (_, at) => [`zqMany${at}`, 'x'.repeat(300)] as const),
  })
  const browser = world.browser()
  const { relayState } = await browser.start(path)
  for (const SAMLResponse of [encode('<zqXml onload="x"><script>zqAlert(1)</script>'), '<script>', 'AAAA'])
    await browser.answer(domain, { SAMLResponse, RelayState: relayState })
  await browser.answer(domain, {
    SAMLResponse: respond(world, domain, { requestId: null }),
    RelayState: hostile('RelayState'),
  })
}

/** What no document that can be read says, but a row of the log might. */
export async function storeHostile(world: World, domain: Connected): Promise<void> {
  const { ctx } = world
  const { organizationId, id } = domain
  const place = { organizationId, id } as Parameters<typeof addSignIn>[1]
  const told = {
    email: hostile('StoredEmail', 250),
    name_id: hostile('StoredNameId'),
    attributes: JSON.stringify({
      [hostile('StoredAttribute')]: [hostile('StoredValue'), longWord('StoredLong', 20_000)],
    }),
    certificate_fingerprint: 'ab'.repeat(32),
    ip: '203.0.113.7',
    request_id: hostile('RequestId', 100),
    request_xml: `<samlp:AuthnRequest ID="${hostile('RequestXml')}"><script>zqAlert(1)</script>`,
    response_xml: `<!--${hostile('XmlComment')}--><?zq ${hostile('XmlPi')}?><zqTag onclick="zqAlert(1)"><![CDATA[${hostile('XmlCdata')}]]><script>zqAlert(2)</script>${hostile('XmlText')}${'<a>'.repeat(3000)}`,
  }
  const failed = { name: 'issuer', expected: idpEntityId, got: hostile('Got') } as const
  await addSignIn(ctx, place, { code: 'saml_issuer_mismatch', failed, row: told })
  await addSignIn(ctx, place, {
    code: 'saml_idp_error',
    failed: { ...failed, name: 'status' },
    row: { ...told, kind: 'test' },
  })
  await addSignIn(ctx, place, { row: { ...told, kind: 'test' } })
  await addSignIn(ctx, place, {
    row: { ...told, kind: 'idp', response_xml: `${hostile('Huge')}${'<b x="y">z</b>'.repeat(9000)}` },
  })
}
