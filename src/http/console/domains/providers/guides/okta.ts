// Okta, by the steps of its own administration pages.
import { bring, choose, enter, type Guide, leave, map, paste, press, tick } from '../guide.ts'

export const okta: Guide = {
  name: 'Okta',
  saml: {
    steps: [
      {
        text: 'In the Okta Admin Console, open "Applications → Applications" and press "Create App Integration". Choose "SAML 2.0", press "Next", give the app a name and press "Next" again.',
      },
      {
        text: 'On "Configure SAML", fill in:',
        form: {
          title: 'SAML Settings · General',
          fields: [
            paste('Single sign-on URL', 'acs-url'),
            tick('Use this for Recipient URL and Destination URL'),
            paste('Audience URI (SP Entity ID)', 'entity-id'),
            leave('Default RelayState', 'stays empty'),
            choose('Name ID format', 'EmailAddress'),
            choose('Application username', 'Email'),
          ],
        },
      },
      {
        text: 'Further down, add these attributes; "Name format" stays as it is. If groups should set levels, add a group attribute statement named `groups` as well.',
        form: {
          title: 'Attribute Statements · Name and Value',
          fields: [
            map('email', 'user.email'),
            map('firstName', 'user.firstName'),
            map('lastName', 'user.lastName'),
          ],
        },
      },
      {
        text: 'Press "Next", then "Finish". Open the tab "Sign On", copy the metadata URL and give it to us in the form on this page.',
        form: { title: 'Sign On · Metadata details', fields: [bring('Metadata URL')] },
      },
      { text: 'On the tab "Assignments", assign the people and groups who may sign in.' },
    ],
    pitfalls: [
      'Somebody who is not assigned is stopped by Okta itself: nothing arrives here, and there is no entry under Sign-ins.',
      'Okta sends no attributes by itself; without the names, people are known by their address alone.',
      'The link "Identity Provider metadata" of older consoles is the same thing as "Metadata URL".',
    ],
    manual: 'https://help.okta.com/en-us/content/topics/apps/apps_app_integration_wizard_saml.htm',
  },
  scim: {
    steps: [
      {
        text: 'On the tab "General" of the SAML app, edit "App Settings" and set "Provisioning" to "SCIM" (some consoles: tick "Enable SCIM provisioning"). Save; a tab "Provisioning" appears.',
      },
      {
        text: 'Open "Provisioning → Integration", press "Edit" and fill in. The token goes in alone: Okta writes "Bearer" in front of it.',
        form: {
          title: 'Provisioning · SCIM Connection',
          fields: [
            paste('SCIM connector base URL', 'base-url'),
            enter('Unique identifier field for users', 'userName'),
            tick('Push New Users'),
            tick('Push Profile Updates'),
            tick('Push Groups'),
            choose('Authentication Mode', 'HTTP Header'),
            paste('Authorization · Bearer', 'token'),
            press('Test Connector Configuration'),
          ],
        },
      },
      {
        text: 'Save. Open "Provisioning → To App", press "Edit" and enable all three:',
        form: {
          title: 'Provisioning to App',
          fields: [tick('Create Users'), tick('Update User Attributes'), tick('Deactivate Users')],
        },
      },
      {
        text: 'Assign people and groups on "Assignments". Then, on "Push Groups", push the groups that should exist here too; their members must be assigned already.',
      },
    ],
    pitfalls: [
      'People who were assigned before provisioning was enabled are not pushed: press "Provision User" on "Assignments".',
      'OpenID Connect apps have no SCIM, and only plans with provisioning do: if the setting is missing, ask Okta’s support.',
      'A group that is both assigned and pushed may lose members: use one group for each.',
    ],
    manual: 'https://help.okta.com/en-us/content/topics/apps/apps_app_integration_wizard_scim.htm',
  },
}
