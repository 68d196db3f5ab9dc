// JumpCloud, by the steps of its own administration pages.
import { bring, choose, enter, type Guide, leave, map, paste, press, tick } from '../guide.ts'

export const jumpcloud: Guide = {
  name: 'JumpCloud',
  saml: {
    steps: [
      {
        text: 'In the JumpCloud Admin Portal, open "SSO Applications", press "Add New Application" and select "Custom Application". Tick "Manage Single Sign-On (SSO)" with "Configure SSO with SAML"; tick "Export users to this app (Identity Management)" too, to push people. Name and save it.',
      },
      {
        text: 'Open the tab "SSO" and fill in. The first field is a name of your own for JumpCloud; each of its applications needs another one.',
        form: {
          title: 'Single Sign-On Configuration',
          fields: [
            enter('IdP Entity ID', 'your own, as JumpCloud-acme'),
            paste('SP Entity ID', 'entity-id'),
            paste('ACS URLs · Default URL', 'acs-url'),
            choose('SAMLSubject NameID', 'email'),
            paste('SAMLSubject NameID Format', 'name-id-format'),
            choose('Signature Algorithm', 'RSA-SHA256'),
            choose('Sign', 'Assertion'),
            paste('Login URL', 'login-url'),
            tick('Declare Redirect Endpoint'),
          ],
        },
      },
      {
        text: 'Below, add these user attributes:',
        form: {
          title: 'Attributes · Service Provider Attribute Name',
          fields: [map('email', 'email'), map('firstName', 'firstname'), map('lastName', 'lastname')],
        },
      },
      {
        text: 'Save. At the top of the tab, copy the metadata URL and give it to us in the form on this page.',
        form: {
          title: 'JumpCloud Metadata',
          fields: [bring('Copy Metadata URL'), leave('Export Metadata', 'the same as a file')],
        },
      },
      { text: 'On the tab "User Groups", tick the groups whose people may sign in, and save.' },
    ],
    pitfalls: [
      'The issuer is what was typed into "IdP Entity ID": whoever changes it must give us the metadata anew.',
      'Without "Declare Redirect Endpoint" the metadata has no sign-in URL that a browser can be sent to.',
    ],
    manual: 'https://jumpcloud.com/support/sso-application-connector-fields',
  },
  scim: {
    steps: [
      {
        text: 'Open the tab "Identity Management" of the same application and fill in. The address may be any that nobody here has: JumpCloud makes a user and a group of its own to test, and deletes both.',
        form: {
          title: 'Identity Management · Configuration settings',
          fields: [
            choose('API Type', 'SCIM API'),
            choose('SCIM Version', 'SCIM 2.0'),
            paste('Base URL', 'base-url'),
            paste('Token Key', 'token'),
            enter('Test User Email', 'an address on your domain'),
            press('Test Connection'),
          ],
        },
      },
      {
        text: 'Switch the management of groups on, if they should exist here too, and look that userName and emails of the attribute mapping carry the work address. Then press "Activate" and save.',
        form: {
          title: 'Identity Management',
          fields: [tick('Enable management of User Groups …'), press('Activate')],
        },
      },
      { text: 'On the tab "User Groups", tick the groups: their people are pushed within minutes.' },
    ],
    pitfalls: [
      'The test user and the test group stand in the SCIM log; that is as it should be.',
      'If the fields of an active connection cannot be edited, deactivate it, change them, and activate it again.',
    ],
    manual:
      'https://jumpcloud.com/support/provision-and-manage-users-and-groups-in-apps-using-custom-scim-identity-management-integration',
  },
}
