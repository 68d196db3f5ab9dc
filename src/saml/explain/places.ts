// Where at each identity provider the setting is that a refusal is about, in the words of its own administration pages.
import type { Provider } from './provider.ts'

/** What an administrator may have to look at over there. */
export type Place =
  | 'audience'
  | 'acs'
  | 'issuer'
  | 'signing'
  | 'algorithm'
  | 'certificate'
  | 'encryption'
  | 'attributes'
  | 'name id'
  | 'assignment'
  | 'start'
  | 'lifetime'
  | 'log'

/** As it follows “where to find”. */
export const placeWords: Readonly<Record<Place, string>> = {
  audience: 'the audience',
  acs: 'the ACS URL',
  issuer: 'the issuer',
  signing: 'what is signed',
  algorithm: 'the algorithm of signatures',
  certificate: 'the certificate',
  encryption: 'the encryption',
  attributes: 'the attributes',
  'name id': 'the NameID',
  assignment: 'who is assigned',
  start: 'where people begin',
  lifetime: 'times and clocks',
  log: 'the log of sign-ins',
}

type Places = Readonly<Record<Place, string>>

const okta: Places = {
  audience: 'Applications → your app → General → SAML Settings → Edit → "Audience URI (SP Entity ID)"',
  acs: 'Applications → your app → General → SAML Settings → Edit → "Single sign-on URL", with "Use this for Recipient URL and Destination URL" ticked',
  issuer: 'Applications → your app → Sign On → "View SAML setup instructions" → "Identity Provider Issuer"',
  signing:
    'General → SAML Settings → Edit → Show Advanced Settings → "Response" and "Assertion Signature": Signed',
  algorithm:
    'General → SAML Settings → Edit → Show Advanced Settings → "Signature Algorithm": RSA-SHA256, "Digest Algorithm": SHA256',
  certificate:
    'Applications → your app → Sign On → SAML Signing Certificates → the active one → Actions → "Download certificate"',
  encryption:
    'General → SAML Settings → Edit → Show Advanced Settings → "Assertion Encryption" and "Encryption Certificate"',
  attributes: 'General → SAML Settings → Edit → "Attribute Statements": email from user.email',
  'name id': 'General → SAML Settings → Edit → "Name ID format": EmailAddress, "Application username": Email',
  assignment: 'Applications → your app → Assignments',
  start:
    'A bookmark app with our login URL, and the tile of the SAML app hidden: General → "Application visibility"',
  lifetime: 'Okta’s own clock is right: compare ours',
  log: 'Reports → System Log',
}

const entra: Places = {
  audience:
    'Enterprise applications → your app → Single sign-on → Basic SAML Configuration → "Identifier (Entity ID)"',
  acs: 'Enterprise applications → your app → Single sign-on → Basic SAML Configuration → "Reply URL (Assertion Consumer Service URL)"; ours must be the default one',
  issuer: 'Enterprise applications → your app → Single sign-on → Set up → "Microsoft Entra Identifier"',
  signing:
    'Single sign-on → SAML Certificates → Token signing certificate → Edit → "Signing Option": Sign SAML assertion',
  algorithm:
    'Single sign-on → SAML Certificates → Token signing certificate → Edit → "Signing Algorithm": SHA-256',
  certificate:
    'Single sign-on → SAML Certificates → "Certificate (Base64)", or the "App Federation Metadata Url"',
  encryption:
    'Enterprise applications → your app → Token encryption → "Import Certificate", or deactivate it there',
  attributes:
    'Single sign-on → Attributes & Claims → "emailaddress": user.mail, or user.userprincipalname for people without a mailbox',
  'name id': 'Single sign-on → Attributes & Claims → "Unique User Identifier (Name ID)"',
  assignment: 'Enterprise applications → your app → Users and groups',
  start: 'Single sign-on → Basic SAML Configuration → "Sign on URL": our login URL',
  lifetime: 'Entra’s own clock is right: compare ours',
  log: 'Enterprise applications → your app → Sign-in logs',
}

const google: Places = {
  audience: 'Apps → Web and mobile apps → your app → Service provider details → "Entity ID"',
  acs: 'Apps → Web and mobile apps → your app → Service provider details → "ACS URL"',
  issuer: 'Apps → Web and mobile apps → your app → "Download metadata" → "Entity ID"',
  signing: 'Google always signs the assertion; look for something on the way that changes the form',
  algorithm: 'Google always signs with SHA-256; look whether the app is one of Google',
  certificate:
    'Apps → Web and mobile apps → your app → Service provider details → "Certificate" → Manage certificates',
  encryption: 'Google does not encrypt; look whether the app is one of Google',
  attributes: 'Apps → Web and mobile apps → your app → SAML attribute mapping: Primary email → email',
  'name id':
    'Apps → Web and mobile apps → your app → Service provider details → "Name ID format": EMAIL, "Name ID": Basic Information > Primary email',
  assignment:
    'Apps → Web and mobile apps → your app → User access: ON for their organizational unit or group',
  start:
    'Apps → Web and mobile apps → your app → Service provider details → "Start URL": it is the RelayState only; allow sign-ins from the tile here instead',
  lifetime: 'Google’s own clock is right: compare ours',
  log: 'Reporting → Audit and investigation → SAML log events',
}

const onelogin: Places = {
  audience: 'Applications → your app → Configuration → "Audience (EntityID)"',
  acs: 'Applications → your app → Configuration → "ACS (Consumer) URL", "ACS (Consumer) URL Validator" and "Recipient"',
  issuer: 'Applications → your app → SSO → "Issuer URL"',
  signing: 'Applications → your app → Configuration → "SAML signature element": Assertion or Both',
  algorithm: 'Applications → your app → SSO → "SAML Signature Algorithm": SHA-256',
  certificate: 'Applications → your app → SSO → X.509 Certificate → "View Details"',
  encryption: 'Applications → your app → Configuration → "Encrypt assertion" and "SAML Encryption"',
  attributes:
    'Applications → your app → Parameters → "+": email, "Include in SAML assertion" ticked, value Email',
  'name id':
    'Applications → your app → Configuration → "SAML nameID format": Email; Parameters → "NameID value": Email',
  assignment: 'Applications → your app → Access, or Users → the person → Applications',
  start:
    'Applications → your app → Configuration → "SAML initiator": Service Provider, "Login URL": our login URL',
  lifetime:
    'Applications → your app → Configuration → "SAML not valid before" and "SAML not valid on or after"',
  log: 'Activity → Events',
}

const jumpcloud: Places = {
  audience: 'SSO Applications → your app → SSO → "SP Entity ID"',
  acs: 'SSO Applications → your app → SSO → "ACS URLs": ours as the default URL',
  issuer: 'SSO Applications → your app → SSO → "IdP Entity ID": what somebody typed there',
  signing: 'SSO Applications → your app → SSO → "Sign": Assertion, or both',
  algorithm: 'SSO Applications → your app → SSO → "Signature Algorithm": RSA-SHA256',
  certificate: 'SSO Applications → your app → "IDP Certificate Valid" → "Download certificate"',
  encryption: 'SSO Applications → your app → SSO → the certificate for encrypted assertions',
  attributes: 'SSO Applications → your app → SSO → Attributes → "add attribute": email from email',
  'name id':
    'SSO Applications → your app → SSO → "SAMLSubject NameID": email, "SAMLSubject NameID Format": emailAddress',
  assignment: 'SSO Applications → your app → User Groups',
  start: 'SSO Applications → your app → SSO → "Login URL": our login URL',
  lifetime: 'JumpCloud’s own clock is right: compare ours',
  log: 'Insights → Directory Insights',
}

const ping: Places = {
  audience: 'Applications → your app → Configuration → "Entity ID"',
  acs: 'Applications → your app → Configuration → "ACS URLs": ours as the first one',
  issuer: 'Applications → your app → Configuration → Connection Details → "Issuer ID"',
  signing:
    'Applications → your app → Configuration → "Signing Key": Sign Assertion, or Sign Assertion & Response',
  algorithm: 'Applications → your app → Configuration → "Signing Algorithm": RSA_SHA256',
  certificate: 'Applications → your app → Configuration → "Download Signing Certificate"',
  encryption: 'Applications → your app → Configuration → "Enable Encryption" and its certificate',
  attributes: 'Applications → your app → Attribute Mappings: email from Email Address',
  'name id':
    'Applications → your app → Configuration → "Subject NameID Format"; Attribute Mappings → saml_subject: Email Address',
  assignment: 'Applications → your app → Access',
  start: 'Applications → your app → Overview → "Home Page URL" or "Signon URL": our login URL',
  lifetime: 'Applications → your app → Configuration → "Assertion Validity Duration in Seconds"',
  log: 'Monitoring → Audit',
}

const adfs: Places = {
  audience:
    'AD FS Management → Relying Party Trusts → ours → Properties → Identifiers → "Relying party identifiers"',
  acs: 'AD FS Management → Relying Party Trusts → ours → Properties → Endpoints → "SAML Assertion Consumer Endpoints", binding POST',
  issuer: 'AD FS Management → Edit Federation Service Properties → "Federation Service identifier"',
  signing: 'PowerShell: Set-AdfsRelyingPartyTrust -TargetName "…" -SamlResponseSignature MessageAndAssertion',
  algorithm:
    'AD FS Management → Relying Party Trusts → ours → Properties → Advanced → "Secure hash algorithm": SHA-256',
  certificate:
    'AD FS Management → Service → Certificates → Token-signing → View Certificate → Details → "Copy to File…"',
  encryption:
    'AD FS Management → Relying Party Trusts → ours → Properties → Encryption: our certificate, or none',
  attributes:
    'Relying Party Trusts → ours → Edit Claim Issuance Policy → Send LDAP Attributes as Claims: E-Mail-Addresses → E-Mail Address',
  'name id':
    'Relying Party Trusts → ours → Edit Claim Issuance Policy → Transform an Incoming Claim: E-Mail Address → Name ID, format Email',
  assignment: 'AD FS Management → Relying Party Trusts → ours → Edit Access Control Policy',
  start: 'The link or tile that people use: replace the address of IdpInitiatedSignOn by our login URL',
  lifetime:
    'PowerShell: Set-AdfsRelyingPartyTrust -TargetName "…" -NotBeforeSkew 2; and the time service of the AD FS servers (w32tm /query /status)',
  log: 'Event Viewer → Applications and Services Logs → AD FS → Admin',
}

const keycloak: Places = {
  audience: 'Clients → our client → Settings → "Client ID": our Entity ID',
  acs: 'Clients → our client → Settings → "Valid redirect URIs", and Advanced → "Assertion Consumer Service POST Binding URL"',
  issuer:
    'Realm settings → General → Endpoints → "SAML 2.0 Identity Provider Metadata" → entityID, as https://…/realms/NAME',
  signing: 'Clients → our client → Settings → "Sign assertions": On',
  algorithm: 'Clients → our client → Settings → "Signature algorithm": RSA_SHA256',
  certificate: 'Realm settings → Keys → the RS256 key for signing → "Certificate"',
  encryption: 'Clients → our client → Keys → "Encrypt assertions"',
  attributes:
    'Clients → our client → Client scopes → the dedicated one → Add mapper → "User Property": email, SAML Attribute Name email',
  'name id': 'Clients → our client → Settings → "Name ID format": email, "Force name ID format": On',
  assignment: 'Authentication → the flow of this client, and the roles that it asks for',
  start: 'Clients → our client → Settings → "Home URL": our login URL, in place of the IDP-initiated one',
  lifetime: 'Clients → our client → Advanced → "Assertion Lifespan"; and the clock of the Keycloak server',
  log: 'Realm settings → Events, then Events → User events',
}

const places: Readonly<Record<Provider, Places>> = {
  okta,
  entra_id: entra,
  google,
  onelogin,
  jumpcloud,
  ping,
  adfs,
  keycloak,
}

export const placeAt = (provider: Provider, place: Place): string => places[provider][place]
