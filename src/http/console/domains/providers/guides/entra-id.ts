// Entra ID, by the steps of its own administration pages.
import { bring, choose, type Guide, map, paste, press } from '../guide.ts'

export const entraId: Guide = {
  name: 'Entra ID',
  saml: {
    steps: [
      {
        text: 'In the Microsoft Entra admin center, open "Enterprise apps", press "New application" and "Create your own application". Name it and choose "Integrate any other application you don’t find in the gallery (Non-gallery)".',
      },
      {
        text: 'In the app, open "Single sign-on", choose "SAML", and edit "Basic SAML Configuration":',
        form: {
          title: 'Basic SAML Configuration',
          fields: [
            paste('Identifier (Entity ID)', 'entity-id'),
            paste('Reply URL (Assertion Consumer Service URL)', 'acs-url'),
            paste('Sign on URL', 'login-url'),
          ],
        },
      },
      {
        text: 'Under "Attributes & Claims", look that these are sent, as they are from the start:',
        form: {
          title: 'Attributes & Claims',
          fields: [
            map('emailaddress', 'user.mail'),
            map('givenname', 'user.givenname'),
            map('surname', 'user.surname'),
          ],
        },
      },
      {
        text: 'Under "SAML Certificates", copy the metadata URL and paste it here, below.',
        form: { title: 'SAML Certificates', fields: [bring('App Federation Metadata Url')] },
      },
      { text: 'Under "Users and groups", assign who may sign in.' },
    ],
    pitfalls: [
      'People without a mailbox have no user.mail: take the address from user.userprincipalname then.',
    ],
  },
  scim: {
    steps: [
      {
        text: 'In the same app, open "Provisioning", choose automatic provisioning, and fill in:',
        form: {
          title: 'Admin Credentials',
          fields: [
            choose('Provisioning Mode', 'Automatic'),
            paste('Tenant URL', 'base-url'),
            paste('Secret Token', 'token'),
            press('Test Connection'),
          ],
        },
      },
      { text: 'Save, assign people and groups under "Users and groups", and start provisioning.' },
    ],
    pitfalls: ['A cycle takes up to 40 minutes: "Provision on demand" shows one person at once.'],
  },
}
