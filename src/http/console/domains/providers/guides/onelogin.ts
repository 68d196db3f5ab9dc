// OneLogin, by the steps of its own administration pages.
import { bring, choose, type Guide, leave, map, paste, press, tick } from '../guide.ts'

export const onelogin: Guide = {
  name: 'OneLogin',
  saml: {
    steps: [
      {
        text: 'Open "Applications → Applications", press "Add App", and pick "SAML Custom Connector (Advanced)". To push people too, pick "SCIM Provisioner with SAML (SCIM v2 Enterprise)" instead: it does both, and asks for "SAML Audience URL" (our Entity ID) and "SAML Consumer URL" (our ACS URL).',
      },
      {
        text: 'Name and save it, open "Configuration" and fill in:',
        form: {
          title: 'Configuration · Application details',
          fields: [
            leave('RelayState', 'stays empty'),
            paste('Audience (EntityID)', 'entity-id'),
            paste('Recipient', 'acs-url'),
            paste('ACS (Consumer) URL Validator', 'acs-url-pattern'),
            paste('ACS (Consumer) URL', 'acs-url'),
            choose('SAML initiator', 'Service Provider'),
            choose('SAML nameID format', 'Email'),
            choose('SAML signature element', 'Assertion'),
          ],
        },
      },
      {
        text: 'Open "Parameters", press the plus for each of these, and tick "Include in SAML assertion" every time.',
        form: {
          title: 'Parameters',
          fields: [map('email', 'Email'), map('firstName', 'First Name'), map('lastName', 'Last Name')],
        },
      },
      {
        text: 'On "SSO", set the algorithm; save. The URL of the metadata stands there too; give it to us in the form on this page.',
        form: {
          title: 'SSO',
          fields: [
            choose('SAML Signature Algorithm', 'SHA-256'),
            bring('Issuer URL'),
            leave('More Actions → SAML Metadata', 'the same as a file'),
          ],
        },
      },
      { text: 'On "Access", give the app to the roles whose people may sign in.' },
    ],
    pitfalls: [
      'SHA-1 is set at first in older apps, and is refused here: choose SHA-256.',
      'The validator is a regular expression: a dot or slash that is not escaped may let OneLogin refuse our ACS URL.',
    ],
    manual: null,
  },
  scim: {
    steps: [
      {
        text: 'The app must be one of the connectors "SCIM Provisioner with SAML (SCIM v2 …)"; add one with "Applications → Add App" if it is not.',
      },
      {
        text: 'Open "Configuration" and fill in. A template that is there already may stay, if it sends userName, name and emails. Save, then enable the connection.',
        form: {
          title: 'Configuration · API Connection',
          fields: [
            paste('SCIM Base URL', 'base-url'),
            paste('SCIM JSON Template', 'one-login-template'),
            leave('Custom Headers', 'stay empty'),
            paste('SCIM Bearer Token', 'token'),
            press('API Status · Enable'),
          ],
        },
      },
      {
        text: 'Open "Provisioning" and set:',
        form: {
          title: 'Provisioning · Workflow',
          fields: [
            tick('Enable provisioning'),
            leave('Require admin approval', 'tick none, or approve each by hand'),
            choose('When users are deleted in OneLogin …', 'Suspend or Delete'),
          ],
        },
      },
      {
        text: 'On "Parameters", set "SCIM Username" to Email. To push groups, open "Groups" there and tick "Include in User Provisioning"; then make a rule on "Rules" that sets groups in the app.',
      },
      { text: 'On "Access", give the app to roles; the state of every person stands under "Users".' },
    ],
    pitfalls: [
      'A person whose state is "Pending" waits for an approval: click on the state and approve.',
      'A macro in the template that is not in quotes breaks the JSON when it is empty.',
    ],
    manual: 'https://developers.onelogin.com/scim/create-app',
  },
}
