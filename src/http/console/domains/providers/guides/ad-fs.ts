// AD FS, by the steps of its management console; it has no SCIM.
import { bring, choose, type Guide, leave, paste, see } from '../guide.ts'

export const adfs: Guide = {
  name: 'AD FS',
  saml: {
    steps: [
      {
        text: 'In "AD FS Management", under "Actions", press "Add Relying Party Trust", choose "Claims aware" and press "Start". Import our metadata; if the server cannot reach us, save it from that URL as a file and import the file.',
        form: {
          title: 'Select Data Source',
          fields: [
            choose('Import data about the relying party …', 'published online'),
            paste('Federation metadata address (host name or URL)', 'metadata-url'),
          ],
        },
      },
      {
        text: 'Give it a display name, choose an access control policy (such as "Permit everyone"), and close the wizard. Only if you chose "Enter data … manually", it asks for these too:',
        form: {
          title: 'Configure URL, Configure Identifiers',
          fields: [
            paste('Relying party SAML 2.0 SSO service URL', 'acs-url'),
            paste('Relying party trust identifier', 'entity-id'),
          ],
        },
      },
      {
        text: 'Under "Edit Claim Issuance Policy", add a rule "Send LDAP Attributes as Claims" with the attribute store "Active Directory":',
        form: {
          title: 'Outgoing Claim Type · LDAP Attribute',
          fields: [
            see('E-Mail Address', 'E-Mail-Addresses'),
            see('Given Name', 'Given-Name'),
            see('Surname', 'Surname'),
          ],
        },
      },
      {
        text: 'Add a second rule, "Transform an Incoming Claim". Without it AD FS sends no NameID, and the sign-in is refused.',
        form: {
          title: 'Transform an Incoming Claim',
          fields: [
            choose('Incoming claim type', 'E-Mail Address'),
            choose('Outgoing claim type', 'Name ID'),
            choose('Outgoing name ID format', 'Email'),
            leave('Pass through all claim values', 'stays chosen'),
          ],
        },
      },
      {
        text: 'AD FS encrypts for the certificate in our metadata, in a way that is taken only inside a signed response. Run this once in PowerShell on the server:',
        form: { title: 'Windows PowerShell', fields: [paste('PS C:\\>', 'ad-fs-command')] },
      },
      {
        text: 'Give us its metadata, in the form on this page: the URL, where it can be reached from the internet, or what it shows as text.',
        form: {
          title: 'Federation metadata',
          fields: [bring('https://…/FederationMetadata/2007-06/FederationMetadata.xml')],
        },
      },
    ],
    pitfalls: [
      'AD FS replaces its signing certificate about once a year by itself: with the metadata URL the next one is picked up automatically, a pasted file must be pasted again.',
      'An empty mail attribute in Active Directory means that no address comes: fill it in, or map User-Principal-Name.',
      'If the clock is off by more than three minutes, everybody is refused.',
    ],
    manual:
      'https://learn.microsoft.com/en-us/windows-server/identity/ad-fs/operations/create-a-relying-party-trust',
  },
  scim: {
    without: 'AD FS signs people in, but pushes nobody: it has no SCIM.',
    steps: [
      {
        text: 'Is the same Active Directory synchronized to Entra ID? Then push from there: choose Entra ID for this step. Signing in may stay with AD FS.',
      },
      {
        text: 'Otherwise let people join as they come: switch just-in-time provisioning on for this domain, and remove people who leave by hand.',
      },
      {
        text: 'Or let a program of your own read the directory and speak SCIM 2.0 to us:',
        form: {
          title: 'A program of your own',
          fields: [
            paste('Base URL', 'base-url'),
            paste('Authorization: Bearer', 'token'),
            leave('userName', 'the address, or userPrincipalName'),
          ],
        },
      },
    ],
    pitfalls: [
      'Somebody who is disabled in Active Directory can no longer sign in, but their sessions and API keys stay valid here until somebody ends them.',
    ],
    manual: null,
  },
}
