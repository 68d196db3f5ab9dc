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
  token:
    'Applications → your app → Provisioning → Integration → Edit → "Authorization" under HTTP Header ("API Token" in apps of the catalogue)',
  url: 'Applications → your app → Provisioning → Integration → Edit → "SCIM connector base URL"',
  'user name': 'Applications → your app → Sign On → "Application username format"',
  mapping: 'Applications → your app → Provisioning → To App → "Attribute Mappings"',
  'e-mail': 'Applications → your app → Provisioning → To App → "Attribute Mappings" → email',
  groups: 'Applications → your app → "Push Groups"',
  matching:
    'Applications → your app → Provisioning → Integration → Edit → "Unique identifier field for users" (userName)',
  assignment: 'Applications → your app → "Assignments"',
  retry: 'Dashboard → Tasks → "Retry Selected"',
}

const entra: Places = {
  token: 'Enterprise apps → your app → Provisioning → Admin Credentials → "Secret Token"',
  url: 'Enterprise apps → your app → Provisioning → Admin Credentials → "Tenant URL"',
  'user name': 'Enterprise apps → your app → Provisioning → Attribute mapping → users → userName',
  mapping: 'Enterprise apps → your app → Provisioning → "Attribute mapping" ("Mappings" in the older portal)',
  'e-mail':
    'Enterprise apps → your app → Provisioning → Attribute mapping → users → emails[type eq "work"].value',
  groups: 'Enterprise apps → your app → Provisioning → Attribute mapping → groups',
  matching:
    'Enterprise apps → your app → Provisioning → Attribute mapping → users → userName → "Match objects using this attribute" and "Matching precedence" (1)',
  assignment: 'Enterprise apps → your app → "Users and groups"',
  retry: 'Enterprise apps → your app → Provisioning → "Provision on demand"',
}

const google: Places = {
  token: 'Apps → Web and mobile apps → your app → Autoprovisioning → "Access token"',
  url: 'Apps → Web and mobile apps → your app → Autoprovisioning → "Endpoint URL"',
  'user name': 'Apps → Web and mobile apps → your app → Autoprovisioning → App attributes → userName',
  mapping: 'Apps → Web and mobile apps → your app → Autoprovisioning → "App attributes"',
  'e-mail': 'Apps → Web and mobile apps → your app → Autoprovisioning → App attributes → emails',
  groups:
    'Apps → Web and mobile apps → your app → Autoprovisioning → the groups that it is limited to (Google pushes their people, never the groups)',
  matching: 'Apps → Web and mobile apps → your app → Autoprovisioning → App attributes → userName',
  assignment: 'Apps → Web and mobile apps → your app → "User access"',
  retry:
    'Apps → Web and mobile apps → your app → Autoprovisioning: it pushes again every few hours by itself; switched off and on, it begins anew',
}

const onelogin: Places = {
  token: 'Applications → your app → Configuration → "SCIM Bearer Token"',
  url: 'Applications → your app → Configuration → "SCIM Base URL"',
  'user name': 'Applications → your app → Parameters → "SCIM Username"',
  mapping: 'Applications → your app → Configuration → "SCIM JSON Template", and Parameters',
  'e-mail': 'Applications → your app → Configuration → "SCIM JSON Template" → emails',
  groups: 'Applications → your app → Parameters → Groups → "Include in User Provisioning", and Rules',
  matching: 'Applications → your app → Parameters → "SCIM Username"',
  assignment: 'Applications → your app → Access → Roles',
  retry:
    'Applications → your app → Users → the state beside the person: a click on it shows what can be done',
}

const jumpcloud: Places = {
  token: 'SSO Applications → your app → Identity Management → "Token Key"',
  url: 'SSO Applications → your app → Identity Management → "Base URL"',
  'user name': 'SSO Applications → your app → Identity Management → attribute mapping → userName',
  mapping: 'SSO Applications → your app → Identity Management → attribute mapping',
  'e-mail': 'SSO Applications → your app → Identity Management → attribute mapping → emails',
  groups:
    'SSO Applications → your app → Identity Management → "Enable management of User Groups and Group Membership"',
  matching: 'SSO Applications → your app → Identity Management → attribute mapping → userName',
  assignment: 'SSO Applications → your app → "User Groups"',
  retry: 'SSO Applications → your app → Identity Management: deactivate it, and activate it again',
}

const ping: Places = {
  token: 'Integrations → Provisioning → your connection → Configure authentication → "OAuth Access Token"',
  url: 'Integrations → Provisioning → your connection → Configure authentication → "SCIM base URL"',
  'user name': 'Integrations → Provisioning → your rule → Attribute Mapping → userName',
  mapping: 'Integrations → Provisioning → your rule → "Attribute Mapping"',
  'e-mail': 'Integrations → Provisioning → your rule → Attribute Mapping → workEmail',
  groups: 'Integrations → Provisioning → your rule → "Group Provisioning"',
  matching:
    'Integrations → Provisioning → your connection → Configure preferences → "User Filter Expression" (userName Eq "%s") and "User Identifier"',
  assignment: 'Integrations → Provisioning → your rule → "User Filter"',
  retry: 'Integrations → Provisioning → your rule → Sync Status → "Full Resync"',
}

const rippling: Places = {
  token: 'IT → Third-Party Access → your app → SCIM settings → "Bearer Token"',
  url: 'IT → Third-Party Access → your app → SCIM settings → "SCIM base URL"',
  'user name': 'IT → Third-Party Access → your app → Attribute Mappings → the username',
  mapping: 'IT → Third-Party Access → your app → "Attribute Mappings"',
  'e-mail': 'IT → Third-Party Access → your app → Attribute Mappings → emails.primary',
  groups: 'IT → Third-Party Access → your app → SCIM settings → "Supports Groups"',
  matching: 'IT → Third-Party Access → your app → where its users are matched with accounts that exist',
  assignment: 'IT → Third-Party Access → your app → "App Access Rules"',
  retry: 'IT → Third-Party Access → your app → the person among its users, once more',
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
