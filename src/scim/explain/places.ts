// Where at each identity provider the setting is that a refusal is about, in the words of its own administration pages.
import type { IdentityProvider } from '../identity-provider.ts'

/** What an administrator may have to change over there. */
export type Place =
  | 'token'
  | 'url'
  | 'user name'
  | 'mapping'
  | 'e-mail'
  | 'groups'
  | 'matching'
  | 'assignment'
  | 'retry'

type Places = Readonly<Record<Place, string>>

const okta: Places = {
  token: 'Applications → your app → Provisioning → Integration → Edit → "API Token" (or "Authorization")',
  url: 'Applications → your app → Provisioning → Integration → Edit → "SCIM connector base URL"',
  'user name': 'Applications → your app → Sign On → Credentials Details → "Application username format"',
  mapping: 'Applications → your app → Provisioning → To App → "Attribute Mappings"',
  'e-mail': 'Applications → your app → Provisioning → To App → "Attribute Mappings" → email',
  groups: 'Applications → your app → Push Groups',
  matching:
    'Applications → your app → Provisioning → Integration → "Unique identifier field for users" (userName)',
  assignment: 'Applications → your app → Assignments',
  retry: 'Dashboard → Tasks → "Retry Selected"',
}

const entra: Places = {
  token: 'Enterprise applications → your app → Provisioning → Admin Credentials → "Secret Token"',
  url: 'Enterprise applications → your app → Provisioning → Admin Credentials → "Tenant URL"',
  'user name':
    'Enterprise applications → your app → Provisioning → Mappings → Provision Microsoft Entra ID Users → userName',
  mapping:
    'Enterprise applications → your app → Provisioning → Mappings → Provision Microsoft Entra ID Users',
  'e-mail':
    'Enterprise applications → your app → Provisioning → Mappings → Provision Microsoft Entra ID Users → emails[type eq "work"].value',
  groups:
    'Enterprise applications → your app → Provisioning → Mappings → Provision Microsoft Entra ID Groups',
  matching:
    'Provisioning → Mappings → Provision Microsoft Entra ID Users → userName → "Match objects using this attribute" and "Matching precedence"',
  assignment: 'Enterprise applications → your app → Users and groups',
  retry: 'Enterprise applications → your app → Provisioning → "Provision on demand"',
}

const google: Places = {
  token: 'Apps → Web and mobile apps → your app → Autoprovisioning → Edit → "Access token"',
  url: 'Apps → Web and mobile apps → your app → Autoprovisioning → Edit → "Endpoint URL"',
  'user name': 'Apps → Web and mobile apps → your app → Autoprovisioning → "Attribute mapping" → userName',
  mapping: 'Apps → Web and mobile apps → your app → Autoprovisioning → "Attribute mapping"',
  'e-mail': 'Apps → Web and mobile apps → your app → Autoprovisioning → "Attribute mapping" → emails',
  groups: 'Apps → Web and mobile apps → your app → Autoprovisioning → "Provisioning scope"',
  matching: 'Apps → Web and mobile apps → your app → Autoprovisioning → "Attribute mapping" → userName',
  assignment: 'Apps → Web and mobile apps → your app → User access',
  retry: 'Apps → Web and mobile apps → your app → Autoprovisioning: switch it off and on again',
}

const onelogin: Places = {
  token: 'Applications → your app → Configuration → "SCIM Bearer Token"',
  url: 'Applications → your app → Configuration → "SCIM Base URL"',
  'user name': 'Applications → your app → Parameters → "SCIM Username"',
  mapping: 'Applications → your app → Configuration → "SCIM JSON Template", and Parameters',
  'e-mail': 'Applications → your app → Parameters → "Email", and "emails" in the SCIM JSON Template',
  groups: 'Applications → your app → Rules → "Set Groups in …"',
  matching: 'Applications → your app → Parameters → "SCIM Username"',
  assignment: 'Applications → your app → Users',
  retry: 'Applications → your app → Users → the person → "Retry"',
}

const jumpcloud: Places = {
  token: 'SSO Applications → your app → Identity Management → "Token Key"',
  url: 'SSO Applications → your app → Identity Management → "Base URL"',
  'user name': 'SSO Applications → your app → Identity Management → Attribute Mapping → userName',
  mapping: 'SSO Applications → your app → Identity Management → "Attribute Mapping"',
  'e-mail': 'SSO Applications → your app → Identity Management → Attribute Mapping → emails',
  groups: 'SSO Applications → your app → Identity Management → "Enable management of User Groups"',
  matching: 'SSO Applications → your app → Identity Management → Attribute Mapping → userName',
  assignment: 'SSO Applications → your app → User Groups',
  retry: 'SSO Applications → your app → Identity Management → deactivate and activate it',
}

const ping: Places = {
  token: 'Integrations → Provisioning → Connections → your connection → Configuration → "OAuth Access Token"',
  url: 'Integrations → Provisioning → Connections → your connection → Configuration → "SCIM Base URL"',
  'user name': 'Integrations → Provisioning → Rules → your rule → Attribute Mapping → userName',
  mapping: 'Integrations → Provisioning → Rules → your rule → "Attribute Mapping"',
  'e-mail': 'Integrations → Provisioning → Rules → your rule → Attribute Mapping → workEmail',
  groups: 'Integrations → Provisioning → Rules → your rule → "Group Provisioning"',
  matching:
    'Integrations → Provisioning → Connections → your connection → "User Filter Expression" (userName eq "%s")',
  assignment: 'Integrations → Provisioning → Rules → your rule → "User Filter"',
  retry: 'Integrations → Provisioning → Rules → your rule: switch it off and on again',
}

const rippling: Places = {
  token: 'your app → Settings → SCIM → "API token"',
  url: 'your app → Settings → SCIM → "Base URL"',
  'user name': 'your app → Settings → Attribute mapping → userName',
  mapping: 'your app → Settings → "Attribute mapping"',
  'e-mail': 'your app → Settings → Attribute mapping → email',
  groups: 'your app → Settings → "Group push"',
  matching: 'your app → Settings → "User matching"',
  assignment: 'your app → Users → "Access rules"',
  retry: 'your app → Users → the person → "Retry"',
}

const other: Places = {
  token: 'the field for the bearer token (also called secret or access token) of the SCIM connection',
  url: 'the field for the base URL (also called tenant or endpoint URL) of the SCIM connection',
  'user name': 'the attribute mapping of userName',
  mapping: 'the attribute mapping of users',
  'e-mail': 'the attribute mapping of emails',
  groups: 'the settings of pushed groups',
  matching: 'the attribute by which people here are matched with people there; it should be userName',
  assignment: 'who is assigned to the application',
  retry: 'the push of the person or group, once more',
}

const places: Readonly<Record<IdentityProvider, Places>> = {
  okta,
  entra_id: entra,
  google,
  onelogin,
  jumpcloud,
  ping,
  rippling,
  other,
}

export const placeAt = (provider: IdentityProvider, place: Place): string => places[provider][place]

export const providerNames: Readonly<Record<IdentityProvider, string>> = {
  okta: 'Okta',
  entra_id: 'Entra ID',
  google: 'Google',
  onelogin: 'OneLogin',
  jumpcloud: 'JumpCloud',
  ping: 'Ping',
  rippling: 'Rippling',
  other: 'the identity provider',
}
