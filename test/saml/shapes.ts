// What each identity provider sends, in its own shape: prefixes, what is signed, names, attributes.
import type { Connection } from '../../src/saml/verdict.ts'
import { sp } from './keys.ts'
import {
  attributeStatement,
  connection,
  formats,
  type Making,
  make,
  minutesFromNow,
  type Parts,
} from './provider.ts'

export interface Shape {
  readonly name: string
  readonly xml: string
  readonly connection: Connection
  readonly email: string
  readonly profile?: { firstName?: string; lastName?: string; fullName?: string; groups?: string[] }
}

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'
const microsoft = 'http://schemas.microsoft.com/ws/2008/06/identity/claims'
const nameId = (format: string, value: string) => `<A:NameID Format="${format}">${value}</A:NameID>`

function shape(
  name: string,
  { issuer, ...parts }: Partial<Parts> & { issuer: string },
  rest: Making & Pick<Shape, 'profile'> & { email?: string } = {},
): Shape {
  const { profile, email = 'ada@acme.test', ...making } = rest
  return {
    name,
    xml: make({ issuer, ...parts }, making),
    connection: { ...connection, idpEntityId: issuer },
    email,
    ...(profile && { profile }),
  }
}

const okta = { issuer: 'http://www.okta.com/exk1fxp', saml: 'saml2', samlp: 'saml2p' }
const entra = {
  issuer: 'https://sts.windows.net/0199c0de/',
  saml: '',
  samlp: 'samlp',
  declaration: '',
  nameId: nameId(formats.email, 'Ada@acme.test'),
}

export const shapes: readonly Shape[] = [
  shape(
    'Okta, nothing mapped',
    { ...okta, nameId: nameId(formats.unspecified, 'ada@acme.test') },
    { signed: 'both' },
  ),
  shape(
    'Okta, with attributes',
    {
      ...okta,
      attributes: attributeStatement([
        ['email', 'ada@acme.test'],
        ['firstName', 'Ada'],
        ['lastName', 'Lovelace'],
        ['groups', 'Engineering', 'Everyone'],
      ]),
    },
    {
      signed: 'both',
      profile: { firstName: 'Ada', lastName: 'Lovelace', groups: ['Engineering', 'Everyone'] },
    },
  ),
  shape('Okta, encrypted', okta, { signed: 'both', encryption: { recipient: sp, cipher: 'aes256-gcm' } }),
  shape(
    'Entra ID',
    {
      ...entra,
      attributes: attributeStatement([
        ['http://schemas.microsoft.com/identity/claims/displayname', 'Ada Lovelace'],
        [`${microsoft}/groups`, '7f3c0a36-0001', '7f3c0a36-0002'],
        [`${claims}/givenname`, 'Ada'],
        [`${claims}/surname`, 'Lovelace'],
        [`${claims}/emailaddress`, 'Ada@acme.test'],
        [`${claims}/name`, 'ada@acme.test'],
      ]),
    },
    {
      signing: { prefix: '' },
      profile: { firstName: 'Ada', lastName: 'Lovelace', groups: ['7f3c0a36-0001', '7f3c0a36-0002'] },
    },
  ),
  shape('Entra ID, account without mail', {
    ...entra,
    attributes: attributeStatement([[`${claims}/name`, 'ada@acme.test']]),
  }),
  shape('Google', {
    issuer: 'https://accounts.google.com/o/saml2?idpid=C01',
    declaration: '<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
    saml: 'saml2',
    samlp: 'saml2p',
    nameId: nameId(formats.unspecified, 'ada@acme.test'),
  }),
  shape(
    'OneLogin',
    {
      issuer: 'https://app.onelogin.com/saml/metadata/1',
      declaration: '',
      attributes: attributeStatement([
        ['User.email', 'x'],
        ['user.email', 'ada@acme.test'],
        ['memberOf', 'Staff'],
      ]),
    },
    { signed: 'response', profile: { groups: ['Staff'] } },
  ),
  shape('OneLogin, assertion signed', { issuer: 'https://app.onelogin.com/saml/metadata/1' }),
  shape(
    'JumpCloud',
    { issuer: 'acme', attributes: attributeStatement([['email', 'ada@acme.test']]) },
    { signed: 'response' },
  ),
  shape('JumpCloud, assertion signed', { issuer: 'acme' }),
  {
    ...shape('Ping', {
      issuer: 'https://auth.pingone.eu/0199',
      nameId: nameId(formats.persistent, '5c0ffee0-1111-2222-3333-444455556666'),
      attributes: attributeStatement([
        ['mail', 'ada@acme.test'],
        ['fullName', ' Ada  Lovelace '],
      ]),
    }),
    xml: make({
      issuer: 'https://auth.pingone.eu/0199',
      nameId: nameId(formats.persistent, '5c0ffee0-1111-2222-3333-444455556666'),
      attributes: attributeStatement([
        ['mail', 'ada@acme.test'],
        ['fullName', ' Ada  Lovelace '],
      ]),
    }).replace(
      '</ds:Signature>',
      '<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue></ds:Signature>',
    ),
    profile: { fullName: 'Ada Lovelace' },
  },
  shape(
    'Keycloak, 58 seconds and an Attribute per role',
    {
      issuer: 'https://keycloak.acme.test/realms/acme',
      conditionsTimes: ` NotBefore="${minutesFromNow(0)}" NotOnOrAfter="2026-03-01T12:00:58.000Z"`,
      attributes: attributeStatement([
        ['Role', 'offline_access'],
        ['Role', 'editor'],
        ['email', 'ada@acme.test'],
        ['Role', 'editor'],
      ]),
    },
    { signed: 'both', profile: { groups: ['offline_access', 'editor'] } },
  ),
  shape(
    'AD FS',
    {
      issuer: 'http://adfs.acme.test/adfs/services/trust',
      saml: '',
      declaration: '',
      nameId: nameId(formats.email, 'ACME.ada@acme.test'),
      attributes: attributeStatement([
        [`${claims}/emailaddress`, 'ada@acme.test'],
        [`http://schemas.xmlsoap.org/claims/Group`, 'Domain Users'],
      ]),
    },
    { signing: { prefix: 'ds' }, profile: { groups: ['Domain Users'] } },
  ),
  shape(
    'AD FS, encrypted with the key beside',
    { issuer: 'http://adfs.acme.test/adfs/services/trust' },
    { encryption: { recipient: sp, isBeside: true } },
  ),
  shape(
    'SimpleSAMLphp, transient name and CBC under a signed response',
    {
      issuer: 'https://idp.acme.test/simplesaml/saml2/idp/metadata.php',
      nameId: nameId(formats.transient, '_c0ffee'),
      attributes: attributeStatement([
        ['mail', 'ada@acme.test'],
        ['givenName', 'Ada'],
        ['sn', 'Lovelace'],
      ]),
    },
    {
      signed: 'both',
      encryption: { recipient: sp, cipher: 'aes128-cbc' },
      profile: { firstName: 'Ada', lastName: 'Lovelace' },
    },
  ),
  shape(
    'SimpleSAMLphp, only the response signed, encrypted',
    { issuer: 'https://idp.acme.test/simplesaml' },
    { signed: 'response', encryption: { recipient: sp, cipher: 'aes256-cbc' } },
  ),
  shape(
    'attributes by OID, as Shibboleth',
    {
      issuer: 'https://idp.acme.test/shibboleth',
      nameId: nameId(formats.transient, 'AAdzZWNyZXQx'),
      attributes: attributeStatement([
        ['urn:oid:0.9.2342.19200300.100.1.3', 'ada@acme.test'],
        ['urn:oid:2.5.4.42', 'Ada'],
        ['urn:oid:2.5.4.4', 'Lovelace'],
        ['urn:oid:2.5.4.3', 'Ada Lovelace'],
      ]).replace(
        '</A:AttributeStatement>',
        '<A:Attribute Name="urn:oid:1.3.6.1.4.1.5923.1.1.1.10"><A:AttributeValue><A:NameID>opaque</A:NameID></A:AttributeValue></A:Attribute></A:AttributeStatement>',
      ),
    },
    { profile: { firstName: 'Ada', lastName: 'Lovelace', fullName: 'Ada Lovelace' } },
  ),
]
