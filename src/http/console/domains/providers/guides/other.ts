// Any other identity provider: what every one of them asks for, by the names that it goes by.
import { bring, choose, type Guide, map, paste } from '../guide.ts'

export const other: Guide = {
  name: 'Other',
  saml: {
    steps: [
      {
        text: 'Add an application of your own with SAML 2.0. If it takes the metadata of a service provider, give it ours; then the next step fills itself in.',
        form: { title: 'Import', fields: [paste('Service provider metadata', 'metadata-url')] },
      },
      {
        text: 'Otherwise fill in by hand:',
        form: {
          title: 'Service provider',
          fields: [
            paste('Entity ID (also audience, identifier, issuer of the SP)', 'entity-id'),
            paste('ACS URL (also reply, recipient, destination URL)', 'acs-url'),
            paste('NameID format', 'name-id-format'),
            choose('Sign', 'assertion, RSA-SHA256'),
          ],
        },
      },
      {
        text: 'Send these attributes:',
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
        text: 'Take its metadata and paste it here, below.',
        form: { title: 'Identity provider', fields: [bring('Metadata (URL or XML)')] },
      },
    ],
    pitfalls: [
      'The certificate changes without a word: give the metadata URL rather than a file, where there is one.',
    ],
  },
  scim: {
    steps: [
      {
        text: 'In the settings of automatic provisioning, choose SCIM 2.0 and fill in:',
        form: {
          title: 'SCIM connection',
          fields: [
            paste('Base URL (also tenant or endpoint URL)', 'base-url'),
            choose('Authentication', 'bearer token'),
            paste('Token (also secret, API key)', 'token'),
          ],
        },
      },
      { text: 'Map `userName` to the work address, and match people by it. Then assign somebody, and push.' },
    ],
    pitfalls: ['Nothing belongs behind the base URL: /Users and /Groups are appended by whoever pushes.'],
  },
}
