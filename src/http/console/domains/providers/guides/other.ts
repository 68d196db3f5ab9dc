// Any other identity provider: what every one of them asks for, by the names that it goes by.
import { bring, choose, type Guide, leave, map, paste, press, see } from '../guide.ts'

export const other: Guide = {
  name: 'Another one',
  saml: {
    steps: [
      {
        text: 'Add an application of your own with SAML 2.0. If it takes the metadata of a service provider, give it ours, and what follows is filled in:',
        form: {
          title: 'Import',
          fields: [paste('Service provider metadata (also SP metadata)', 'metadata-url')],
        },
      },
      {
        text: 'Otherwise fill in by hand:',
        form: {
          title: 'Service provider',
          fields: [
            paste('Entity ID (also audience, identifier, SP issuer)', 'entity-id'),
            paste('ACS URL (also reply, recipient, destination, consumer URL)', 'acs-url'),
            paste('NameID format', 'name-id-format'),
            choose('Signature', 'assertion or response, RSA-SHA256'),
            leave('Relay state, logout URL', 'stay empty'),
          ],
        },
      },
      {
        text: 'Send these attributes. Only the address is needed, here or as the NameID; the names are shown beside it.',
        form: {
          title: 'Attributes',
          fields: [
            map('email', 'work address'),
            map('firstName', 'first name'),
            map('lastName', 'last name'),
          ],
        },
      },
      {
        text: 'Take its metadata, best as a URL, and give it to us in the form on this page. Then assign the people who may sign in.',
        form: { title: 'Identity provider', fields: [bring('IdP metadata (URL or XML)')] },
      },
    ],
    pitfalls: [
      'The response must come by POST, with a signature by SHA-256 or better, and an AuthnStatement.',
      'A pasted file does not bring the next certificate: give the URL if there is one.',
    ],
    manual: null,
  },
  scim: {
    steps: [
      {
        text: 'In the settings of automatic provisioning, choose SCIM 2.0 and fill in:',
        form: {
          title: 'SCIM connection',
          fields: [
            paste('Base URL (also tenant, endpoint, connector URL)', 'base-url'),
            choose('Authentication', 'bearer token, in the HTTP header'),
            paste('Token (also secret, access token, API key)', 'token'),
            press('Test'),
          ],
        },
      },
      {
        text: 'Map the attributes, and let people be matched by userName:',
        form: {
          title: 'Attribute mapping',
          fields: [
            see('userName', 'work address'),
            see('emails', 'work address, primary'),
            see('name.givenName', 'first name'),
            see('name.familyName', 'last name'),
            see('active', 'true while they work here'),
          ],
        },
      },
      { text: 'Assign one person and look at the SCIM log; then assign the others, and the groups.' },
    ],
    pitfalls: [
      'Nothing belongs behind the base URL: /Users and /Groups are appended by whoever pushes.',
      'People who leave should be set to active = false, or deleted; a program that only forgets them leaves their access as it is.',
    ],
    manual: null,
  },
}
