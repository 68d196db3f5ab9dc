// Entra ID, by the steps of its own administration pages.
import { bring, choose, enter, type Guide, leave, paste, press, see } from '../guide.ts'

export const entraId: Guide = {
  name: 'Entra ID',
  saml: {
    steps: [
      {
        text: 'In the Microsoft Entra admin center, open "Entra ID → Enterprise apps", press "New application", then "Create your own application". Give it a name and choose "Integrate any other application you don’t find in the gallery".',
      },
      {
        text: 'In the app, open "Single sign-on", choose "SAML", and edit the first box:',
        form: {
          title: 'Basic SAML Configuration',
          fields: [
            paste('Identifier (Entity ID)', 'entity-id'),
            paste('Reply URL (Assertion Consumer Service URL)', 'acs-url'),
            paste('Sign on URL (Optional)', 'login-url'),
            leave('Relay State, Logout Url (Optional)', 'stay empty'),
          ],
        },
      },
      {
        text: 'The second box sends what is needed from the start; check that the address is filled in. If groups should set levels, press "Add a group claim".',
        form: {
          title: 'Attributes & Claims',
          fields: [
            see('emailaddress', 'user.mail'),
            see('givenname', 'user.givenname'),
            see('surname', 'user.surname'),
            leave('Unique User Identifier', 'user.userprincipalname'),
          ],
        },
      },
      {
        text: 'From the third box, copy the metadata URL and give it to us in the form on this page. (The download "Federation Metadata XML" works too.)',
        form: {
          title: 'SAML Certificates',
          fields: [
            bring('App Federation Metadata Url'),
            leave('Federation Metadata XML', 'the same as a file'),
          ],
        },
      },
      { text: 'Open "Users and groups" and assign who may sign in.' },
    ],
    pitfalls: [
      'People without a mailbox have no user.mail: take emailaddress from user.userprincipalname, if that is their address.',
      'Microsoft stops whoever is not assigned (AADSTS50105) and a wrong Identifier (AADSTS700016) by itself; nothing arrives here.',
      'Groups come as object ids: use those in the role mapping of this domain.',
      'The signing certificate ends after three years: with the metadata URL, the next one is picked up automatically.',
    ],
    manual:
      'https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/add-application-portal-setup-sso',
  },
  scim: {
    steps: [
      {
        text: 'In the same app, open "Provisioning" and press "New configuration" (older portal: set "Provisioning Mode" to "Automatic"). Fill in, test, and press "Create" or "Save".',
        form: {
          title: 'Admin Credentials',
          fields: [paste('Tenant URL', 'base-url'), paste('Secret Token', 'token'), press('Test Connection')],
        },
      },
      {
        text: 'Open "Attribute mapping" (older portal: "Mappings") for users and look at these rows. Entra matches people by the row with matching precedence 1; leave that on userName.',
        form: {
          title: 'Attribute mapping · users',
          fields: [
            see('userName', 'userPrincipalName'),
            see('emails[type eq "work"].value', 'mail'),
            see('externalId', 'objectId'),
            see('active', 'Switch([IsSoftDeleted] …)'),
          ],
        },
      },
      {
        text: 'Under "Users and groups", assign people and groups; in the settings of provisioning, set the scope and an address for notifications.',
        form: {
          title: 'Settings',
          fields: [
            choose('Scope', 'Sync only assigned users and groups'),
            enter('Notification Email', 'your own'),
          ],
        },
      },
      {
        text: 'Try one person with "Provision on demand". Then press "Start provisioning" on the overview; a cycle comes about every 40 minutes.',
      },
    ],
    pitfalls: [
      'externalId is taken from mailNickname at first, which can change: objectId never does.',
      'Nested groups are not resolved: assign the groups that the people are in.',
      'After many failures Entra puts the job in quarantine and tries once a day: fix the cause, then press "Restart provisioning".',
      'The flag `?aadOptscim062020` behind the Tenant URL makes Entra follow the standard more closely. It is not needed here, and does no harm.',
    ],
    manual:
      'https://learn.microsoft.com/en-us/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups',
  },
}
