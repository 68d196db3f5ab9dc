// Properly signed, and still nothing to let anybody in by: what the assertion says is not for here, or not now.
import { bearer, connection, formats, make, minutesFromNow, type Parts } from '../provider.ts'
import { hostile } from './case.ts'

const says = (changes: Partial<Parts>) => make(changes)
const signedAround = (changes: Partial<Parts>) => make(changes, { signed: 'both' })
const times = (notBefore: string, notOnOrAfter: string) =>
  says({ conditionsTimes: ` NotBefore="${notBefore}" NotOnOrAfter="${notOnOrAfter}"` })
const good = { before: minutesFromNow(-5), after: minutesFromNow(5) }

const confirmationData = (data: string, method = bearer) =>
  `<A:SubjectConfirmation Method="${method}">${data}</A:SubjectConfirmation>`
const bearerWith = (attributes: string) =>
  says({ confirmation: confirmationData(`<A:SubjectConfirmationData ${attributes}/>`) })
const recipient = `Recipient="${connection.acsUrl}"`
const until = `NotOnOrAfter="${good.after}"`

const nameId = `<A:NameID Format="${formats.email}">ada@acme.test</A:NameID>`
const goodConfirmation = confirmationData(`<A:SubjectConfirmationData ${until} ${recipient}/>`)
const subject = `<A:Subject>${nameId}${goodConfirmation}</A:Subject>`
const audienceOf = (...names: string[]) =>
  `<A:AudienceRestriction>${names.map(name => `<A:Audience>${name}</A:Audience>`).join('')}</A:AudienceRestriction>`
const conditions = (inside: string) =>
  says({
    conditions: `<A:Conditions NotBefore="${good.before}" NotOnOrAfter="${good.after}">${inside}</A:Conditions>`,
  })
const ours = audienceOf(connection.spEntityId)
const authn = (attributes: string) => says({ authn: `<A:AuthnStatement ${attributes}/>` })
const statusOf = (inside: string) => says({ status: `<P:Status>${inside}</P:Status>` })
const statusCode = (name: string, inside = '') =>
  `<P:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${name}">${inside}</P:StatusCode>`

const status = [
  hostile('saml_idp_error', 'status Responder, with a good assertion', statusOf(statusCode('Responder'))),
  hostile(
    'saml_idp_error',
    'status Requester / RequestDenied',
    statusOf(statusCode('Requester', statusCode('RequestDenied'))),
  ),
  hostile(
    'saml_idp_error',
    'status Success after another',
    statusOf(statusCode('Responder') + statusCode('Success')),
  ),
  hostile(
    'saml_idp_error',
    'status Success before another',
    statusOf(statusCode('Success') + statusCode('Responder')),
  ),
  hostile(
    'saml_idp_error',
    'status Success inside another',
    statusOf(statusCode('Responder', statusCode('Success'))),
  ),
  hostile('saml_idp_error', 'status Success in lower case', statusOf(statusCode('success'))),
  hostile('saml_idp_error', 'no status code', statusOf('')),
  hostile(
    'saml_idp_error',
    'an error without an assertion',
    statusOf(statusCode('Responder')).replace(/<saml:Assertion.*<\/saml:Assertion>/s, ''),
  ),
  hostile('saml_malformed', 'no status', says({ status: '' })),
  hostile(
    'saml_malformed',
    'two statuses',
    says({
      status: `<P:Status>${statusCode('Success')}</P:Status><P:Status>${statusCode('Responder')}</P:Status>`,
    }),
  ),
]

const issuers = [
  hostile('saml_issuer_mismatch', 'another issuer', says({ issuer: 'https://other.test/entity' })),
  hostile(
    'saml_issuer_mismatch',
    'an issuer with a slash more',
    says({ issuer: `${connection.idpEntityId}/` }),
  ),
  hostile(
    'saml_issuer_mismatch',
    'an issuer in another case',
    says({ issuer: connection.idpEntityId.toUpperCase() }),
  ),
  hostile('saml_issuer_mismatch', 'an issuer with a space', says({ issuer: ` ${connection.idpEntityId}` })),
  hostile('saml_issuer_mismatch', 'an empty issuer', says({ issuer: '' })),
  hostile(
    'saml_issuer_mismatch',
    'another issuer of the response',
    says({
      responseIssuer:
        '<A:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">https://other.test</A:Issuer>',
    }),
  ),
  hostile(
    'saml_issuer_mismatch',
    'another issuer of the signed response',
    signedAround({
      responseIssuer:
        '<A:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">https://other.test</A:Issuer>',
    }),
  ),
  hostile('saml_issuer_mismatch', 'the connection of another identity provider', says({}), {
    idpEntityId: 'https://other.test/entity',
  }),
]

const audiences = [
  hostile('saml_audience_missing', 'no audience restriction', says({ audience: '' })),
  hostile('saml_audience_mismatch', 'another audience', says({ audience: audienceOf('https://other.test') })),
  hostile(
    'saml_audience_mismatch',
    'the audience of another domain here',
    says({ audience: audienceOf(connection.spEntityId.replace('0199', '0200')) }),
  ),
  hostile(
    'saml_audience_mismatch',
    'our audience as a beginning',
    says({ audience: audienceOf(`${connection.spEntityId}.evil.test`) }),
  ),
  hostile(
    'saml_audience_mismatch',
    'our audience with a space',
    says({ audience: audienceOf(`${connection.spEntityId} `) }),
  ),
  hostile('saml_audience_mismatch', 'an empty audience', says({ audience: audienceOf('') })),
  hostile('saml_audience_mismatch', 'an audience restriction of nobody', says({ audience: audienceOf() })),
  hostile(
    'saml_audience_mismatch',
    'two restrictions, one of them not ours',
    says({ audience: ours + audienceOf('https://other.test') }),
  ),
  hostile('saml_audience_mismatch', 'the connection of another domain', says({}), {
    spEntityId: 'https://gatehouse.test/saml/0200/metadata',
  }),
]

const places = [
  hostile(
    'saml_recipient_mismatch',
    'another recipient',
    bearerWith(`${until} Recipient="https://other.test"`),
  ),
  hostile('saml_recipient_mismatch', 'no recipient', bearerWith(until)),
  hostile(
    'saml_recipient_mismatch',
    'a recipient with a query',
    bearerWith(`${until} Recipient="${connection.acsUrl}?x"`),
  ),
  hostile('saml_recipient_mismatch', 'a bearer without data', says({ confirmation: confirmationData('') })),
  hostile(
    'saml_recipient_mismatch',
    'a recipient in another namespace',
    bearerWith(`${until} xmlns:x="urn:x" x:${recipient}`),
  ),
  hostile(
    'saml_destination_mismatch',
    'another destination',
    says({ destination: ' Destination="https://other.test"' }),
  ),
  hostile(
    'saml_destination_mismatch',
    'another destination, signed',
    signedAround({ destination: ' Destination="https://other.test"' }),
  ),
  hostile('saml_destination_mismatch', 'an empty destination', says({ destination: ' Destination=""' })),
  hostile('saml_destination_mismatch', 'the address of another domain', says({}), {
    acsUrl: 'https://gatehouse.test/saml/0200/acs',
  }),
]

const dates = [
  hostile('saml_expired', 'expired', times(minutesFromNow(-10), minutesFromNow(-4))),
  hostile('saml_expired', 'expired by the skew exactly', times(minutesFromNow(-10), minutesFromNow(-3))),
  hostile('saml_not_yet_valid', 'not yet valid', times(minutesFromNow(4), minutesFromNow(10))),
  hostile('saml_invalid_assertion', 'valid backwards', times(good.after, good.before)),
  hostile('saml_invalid_assertion', 'valid for no time', times(good.before, good.before)),
  hostile(
    'saml_expired',
    'the confirmation expired',
    bearerWith(`${recipient} NotOnOrAfter="${minutesFromNow(-4)}"`),
  ),
  hostile(
    'saml_expired',
    'the session over there ended',
    authn(`AuthnInstant="${good.before}" SessionNotOnOrAfter="${minutesFromNow(-4)}"`),
  ),
  hostile(
    'saml_expired',
    'one of two sessions over there ended',
    says({
      authn: `<A:AuthnStatement AuthnInstant="${good.before}"/><A:AuthnStatement AuthnInstant="${good.before}" SessionNotOnOrAfter="${minutesFromNow(-4)}"/>`,
    }),
  ),
  hostile('saml_expired', 'issued more than an hour ago', says({ issueInstant: minutesFromNow(-64) })),
  hostile('saml_not_yet_valid', 'issued in the future', says({ issueInstant: minutesFromNow(4) })),
  ...[
    ['without a time zone', '2026-03-01T12:05:00'],
    ['in another time zone', '2026-03-01T12:05:00+00:00'],
    ['without seconds', '2026-03-01T12:05Z'],
    ['with a space in the middle', '2026-03-01 12:05:00Z'],
    ['with a space around', ' 2026-03-01T12:05:00Z'],
    ['with a line break after', '2026-03-01T12:05:00Z&#10;'],
    ['as the 30th of February', '2027-02-30T12:05:00Z'],
    ['as hour 24', '2026-03-01T24:00:00Z'],
    ['as a leap second', '2026-03-01T12:05:60Z'],
    ['as a number', '1772366700000'],
    ['in words', 'Sun, 01 Mar 2026 12:05:00 GMT'],
    ['with a year of five digits', '+12026-03-01T12:05:00Z'],
    ['as nothing', ''],
    ['as NaN', 'NaN'],
  ].map(([name, date = '']) => hostile('saml_invalid_assertion', `a date ${name}`, times(good.before, date))),
  hostile(
    'saml_invalid_assertion',
    'a loose date in the confirmation',
    bearerWith(`${recipient} NotOnOrAfter="2026-03-01"`),
  ),
  hostile(
    'saml_invalid_assertion',
    'a loose date of the session',
    authn(`AuthnInstant="${good.before}" SessionNotOnOrAfter="never"`),
  ),
  hostile('saml_invalid_assertion', 'a loose date of authentication', authn('AuthnInstant="today"')),
  hostile('saml_invalid_assertion', 'no date of authentication', authn('SessionIndex="x"')),
  hostile('saml_invalid_assertion', 'a loose date of issue', says({ issueInstant: '2026-03-01' })),
  hostile('saml_invalid_assertion', 'a loose date of the response', says({ responseIssueInstant: 'now' })),
]

const structure = [
  hostile('saml_invalid_assertion', 'an assertion of version 1.1', says({ assertionVersion: '1.1' })),
  hostile('saml_invalid_assertion', 'an assertion of version 2', says({ assertionVersion: '2' })),
  hostile('saml_invalid_assertion', 'a response of version 1.1', says({ responseVersion: '1.1' })),
  hostile('saml_invalid_assertion', 'no subject', says({ subject: '' })),
  hostile('saml_invalid_assertion', 'two subjects', says({ subject: subject + subject })),
  hostile('saml_invalid_assertion', 'no NameID', says({ nameId: '' })),
  hostile('saml_invalid_assertion', 'two NameIDs', says({ nameId: nameId + nameId })),
  hostile('saml_invalid_assertion', 'an empty NameID', says({ nameId: '<A:NameID/>' })),
  hostile('saml_invalid_assertion', 'a NameID of spaces', says({ nameId: '<A:NameID> </A:NameID>' })),
  hostile(
    'saml_invalid_assertion',
    'a NameID with an element in it',
    says({ nameId: '<A:NameID>ada<x/>@acme.test</A:NameID>' }),
  ),
  hostile(
    'saml_invalid_assertion',
    'a NameID in another namespace',
    says({ nameId: '<NameID xmlns="urn:x">ada@acme.test</NameID>' }),
  ),
  hostile('saml_invalid_assertion', 'an encrypted NameID', says({ nameId: '<A:EncryptedID/>' })),
  hostile('saml_invalid_assertion', 'a BaseID', says({ nameId: '<A:BaseID/>' })),
  hostile('saml_invalid_assertion', 'no confirmation', says({ confirmation: '' })),
  hostile(
    'saml_invalid_assertion',
    'a holder-of-key confirmation',
    says({
      confirmation: confirmationData(
        `<A:SubjectConfirmationData ${until} ${recipient}/>`,
        'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key',
      ),
    }),
  ),
  hostile(
    'saml_invalid_assertion',
    'a sender-vouches confirmation',
    says({
      confirmation: confirmationData(
        `<A:SubjectConfirmationData ${until} ${recipient}/>`,
        'urn:oasis:names:tc:SAML:2.0:cm:sender-vouches',
      ),
    }),
  ),
  hostile(
    'saml_invalid_assertion',
    'a confirmation with two data',
    says({ confirmation: confirmationData(`<A:SubjectConfirmationData ${until} ${recipient}/>`.repeat(2)) }),
  ),
  hostile(
    'saml_invalid_assertion',
    'a confirmation with NotBefore',
    bearerWith(`${until} ${recipient} NotBefore="${good.before}"`),
  ),
  hostile('saml_invalid_assertion', 'a confirmation without NotOnOrAfter', bearerWith(recipient)),
  hostile(
    'saml_invalid_assertion',
    'another InResponseTo in the assertion than around it',
    bearerWith(`${until} ${recipient} InResponseTo="_other"`),
  ),
  hostile('saml_invalid_assertion', 'no conditions', says({ conditions: '' })),
  hostile(
    'saml_invalid_assertion',
    'two conditions',
    says({
      conditions:
        `<A:Conditions NotBefore="${good.before}" NotOnOrAfter="${good.after}">${ours}</A:Conditions>`.repeat(
          2,
        ),
    }),
  ),
  hostile(
    'saml_invalid_assertion',
    'conditions without NotOnOrAfter',
    says({ conditionsTimes: ` NotBefore="${good.before}"` }),
  ),
  hostile(
    'saml_invalid_assertion',
    'conditions without NotBefore',
    says({ conditionsTimes: ` NotOnOrAfter="${good.after}"` }),
  ),
  hostile('saml_invalid_assertion', 'an unknown condition', conditions(`${ours}<A:Condition/>`)),
  hostile(
    'saml_invalid_assertion',
    'a condition of somebody else',
    conditions(`${ours}<x:OneTimeUse xmlns:x="urn:x"/>`),
  ),
  hostile(
    'saml_invalid_assertion',
    'an audience with an element in it',
    conditions(audienceOf(`${connection.spEntityId}<x/>`)),
  ),
  hostile('saml_invalid_assertion', 'no authentication statement', says({ authn: '' })),
  hostile(
    'saml_invalid_assertion',
    'an authentication statement of somebody else',
    says({ authn: '<AuthnStatement xmlns="urn:x"/>' }),
  ),
]

export const meaning = [...status, ...issuers, ...audiences, ...places, ...dates, ...structure]
