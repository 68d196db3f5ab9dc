// Keycloak, by the steps of its admin console; it has no SCIM of its own.
import { bring, choose, type Guide, leave, map, paste } from '../guide.ts'

export const keycloak: Guide = {
  name: 'Keycloak',
  saml: {
    steps: [
      {
        text: 'In the realm of your people, open "Clients" and press "Import client" with our metadata, saved from its URL as a file. Or press "Create client", set "Client type" to "SAML", and fill in by hand:',
        form: {
          title: 'Settings · General, Access settings',
          fields: [
            paste('Client ID', 'entity-id'),
            paste('Valid redirect URIs', 'acs-url'),
            paste('Master SAML Processing URL', 'acs-url'),
            leave('Root URL, Home URL', 'stay empty'),
          ],
        },
      },
      {
        text: 'Further down on the same page, set:',
        form: {
          title: 'SAML capabilities, Signature and Encryption',
          fields: [
            choose('Name ID format', 'email'),
            choose('Force POST binding', 'On'),
            choose('Include AuthnStatement', 'On'),
            choose('Sign documents', 'On'),
            choose('Sign assertions', 'On'),
            choose('Signature algorithm', 'RSA_SHA256'),
          ],
        },
      },
      {
        text: 'On the tab "Keys", switch "Client signature required" off, unless the client was imported from our metadata.',
      },
      {
        text: 'Open "Client scopes", then the scope of this client (its name ends in -dedicated), and add a mapper of the type "User Property" for each. The name on the left goes into "SAML Attribute Name".',
        form: {
          title: 'Mappers · SAML Attribute Name',
          fields: [map('email', 'email'), map('firstName', 'firstName'), map('lastName', 'lastName')],
        },
      },
      {
        text: 'Open "Realm settings", copy the address of the link under "Endpoints", and give it to us in the form on this page.',
        form: {
          title: 'Realm settings · Endpoints',
          fields: [
            bring('SAML 2.0 Identity Provider Metadata'),
            leave('It looks like', '…/realms/…/protocol/saml/descriptor'),
          ],
        },
      },
    ],
    pitfalls: [
      '"Invalid requester" on Keycloak’s page: the client requires signatures that we do not send. See the tab "Keys".',
      'The predefined X500 mappers send the address by a name that is not looked for here: use "User Property".',
      'Assertions of Keycloak are valid for a minute: clocks must agree.',
    ],
    manual: 'https://www.keycloak.org/docs/latest/server_admin/#_client-saml-configuration',
  },
  scim: {
    without: 'Keycloak by itself pushes nobody: it has no SCIM towards applications.',
    steps: [
      {
        text: 'Let people in as they come: switch just-in-time provisioning on for this domain, and remove by hand who has left.',
      },
      {
        text: 'Or install an extension that makes Keycloak a SCIM client, and give it these:',
        form: {
          title: 'SCIM client of an extension',
          fields: [
            paste('Endpoint or base URL', 'base-url'),
            choose('Authentication', 'bearer token'),
            paste('Token', 'token'),
          ],
        },
      },
      {
        text: 'Do the people come to Keycloak from another directory by federation? Then push from that directory.',
      },
    ],
    pitfalls: [
      'Extensions for SCIM go both ways: one that only receives does not help here.',
      'Somebody who is disabled in Keycloak cannot sign in any more, but sessions and API keys here live on until somebody ends them.',
    ],
    manual: null,
  },
}
