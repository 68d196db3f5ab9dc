// Okta, by the steps of its own administration pages.
import { bring, choose, type Guide, leave, map, paste, press, tick } from '../guide.ts'

export const okta: Guide = {
  name: 'Okta',
  saml: {
    steps: [
      {
        text: 'In the Okta Admin Console, open "Applications → Applications" and press "Create App Integration". Choose "SAML 2.0", press "Next", and give the app a name.',
      },
      {
        text: 'On "Configure SAML", fill in:',
        form: {
          title: 'SAML Settings',
          fields: [
            paste('Single sign-on URL', 'acs-url'),
            tick('Use this for Recipient URL and Destination URL'),
            paste('Audience URI (SP Entity ID)', 'entity-id'),
            leave('Default RelayState', 'leave empty'),
            choose('Name ID format', 'EmailAddress'),
            choose('Application username', 'Email'),
          ],
        },
      },
      {
        text: 'Further down, under "Attribute Statements", add these; the name format stays "Unspecified".',
        form: {
          title: 'Attribute Statements',
          fields: [
            map('email', 'user.email'),
            map('firstName', 'user.firstName'),
            map('lastName', 'user.lastName'),
          ],
        },
      },
      {
        text: 'Press "Next" and "Finish". On the tab "Sign On", copy the metadata URL and paste it here, below.',
        form: { title: 'Sign On', fields: [bring('Metadata URL')] },
      },
      { text: 'On the tab "Assignments", assign the people or groups who may sign in.' },
    ],
    pitfalls: [
      'Somebody who is not assigned sees an error of Okta’s own, and nothing arrives here.',
      'Okta sends no attributes unless they are added in step 3.',
    ],
  },
  scim: {
    steps: [
      {
        text: 'On the tab "General" of the same app, edit "App Settings" and enable SCIM provisioning; a tab "Provisioning" appears.',
      },
      {
        text: 'Open "Provisioning → Integration" and press "Edit":',
        form: {
          title: 'SCIM Connection',
          fields: [
            paste('SCIM connector base URL', 'base-url'),
            choose('Unique identifier field for users', 'userName'),
            tick('Push New Users'),
            tick('Push Profile Updates'),
            tick('Push Groups'),
            choose('Authentication Mode', 'HTTP Header'),
            paste('Authorization', 'token'),
            press('Test Connector Configuration'),
          ],
        },
      },
      {
        text: 'Save. Then open "Provisioning → To App", press "Edit" and enable:',
        form: {
          title: 'Provisioning to App',
          fields: [tick('Create Users'), tick('Update User Attributes'), tick('Deactivate Users')],
        },
      },
      { text: 'Assign people on "Assignments", and push groups on "Push Groups".' },
    ],
    pitfalls: [
      'People who were assigned before provisioning was on are pushed only when they are assigned anew.',
    ],
  },
}
