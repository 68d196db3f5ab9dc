// PingOne, by the steps of its own administration pages.
import { bring, choose, enter, type Guide, leave, map, paste, press, see } from '../guide.ts'

export const ping: Guide = {
  name: 'PingOne',
  saml: {
    steps: [
      {
        text: 'In the environment of your people, open "Applications → Applications" and press the plus. Give it a name, choose "SAML Application" and press "Configure".',
      },
      {
        text: 'Choose "Import From URL" with our metadata URL, or "Manually Enter" with the two values; save.',
        form: {
          title: 'SAML Configuration',
          fields: [
            paste('Import From URL', 'metadata-url'),
            paste('ACS URLs', 'acs-url'),
            paste('Entity ID', 'entity-id'),
          ],
        },
      },
      {
        text: 'On "Attribute Mappings", set the first and add the others. Without it the subject is a user id, and no address comes.',
        form: {
          title: 'Attribute Mappings',
          fields: [
            see('saml_subject', 'Email Address'),
            map('email', 'Email Address'),
            map('firstName', 'Given Name'),
            map('lastName', 'Family Name'),
          ],
        },
      },
      {
        text: 'On "Configuration", look that the assertion is signed with SHA-256. Copy the metadata URL and give it to us in the form on this page.',
        form: {
          title: 'Configuration',
          fields: [
            choose('Sign Assertion', 'RSA_SHA256'),
            bring('IDP Metadata URL'),
            leave('Download Metadata', 'the same as a file'),
          ],
        },
      },
      { text: 'Switch the application on with the slider beside its name; "Access" limits it to groups.' },
    ],
    pitfalls: [
      'The slider is off at first: PingOne refuses by itself, and nothing arrives here.',
      'PingFederate calls the same things "Entity ID" and "Endpoint" of an SP connection; its metadata does as well.',
    ],
    manual: 'https://docs.pingidentity.com/r/en-us/pingone/pingone_p1tutorial_add_a_saml_app',
  },
  scim: {
    steps: [
      {
        text: 'Open "Integrations → Provisioning", press the plus and "New connection". Select "Identity Store", then "SCIM Outbound", and name it.',
      },
      {
        text: 'Fill in and test:',
        form: {
          title: 'Configure authentication',
          fields: [
            paste('SCIM base URL', 'base-url'),
            enter('Users resource', '/Users'),
            choose('SCIM version', '2.0'),
            enter('Groups resource', '/Groups'),
            choose('Authentication method', 'OAuth 2 Bearer Token'),
            paste('OAuth Access Token', 'token'),
            choose('Auth Type Header', 'Bearer'),
            press('Test connection'),
          ],
        },
      },
      {
        text: 'Set how people are matched and what becomes of those who leave; save, and switch the connection on.',
        form: {
          title: 'Configure preferences',
          fields: [
            enter('User Filter Expression', 'userName Eq "%s"'),
            choose('User Identifier', 'userName'),
            choose('Actions', 'create, update, disable, deprovision'),
            choose('Remove action', 'Disable (or Delete)'),
          ],
        },
      },
      {
        text: 'Press the plus and "New rule", with this connection as its target. Give it a "User Filter", as Enabled equals true; look through its "Attribute Mapping"; pick groups under "Group Provisioning". Switch the rule on.',
      },
    ],
    pitfalls: [
      'A connection without a rule, or a rule that is off, pushes nobody.',
      'Groups bring only members whom the user filter lets through.',
      'The value of the user filter expression stays as it is: PingOne puts the user name in place of %s.',
    ],
    manual: 'https://docs.pingidentity.com/r/en-us/pingone/p1_create_scim_connection',
  },
}
