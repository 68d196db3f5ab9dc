// Google Workspace, by the steps of its own administration pages; it pushes to nobody but the applications of its catalogue.
import { bring, choose, type Guide, leave, map, paste } from '../guide.ts'

export const google: Guide = {
  name: 'Google Workspace',
  saml: {
    steps: [
      {
        text: 'In the Google Admin console, open "Apps → Web and mobile apps", press "Add app" and "Add custom SAML app". Give it a name and press "Continue".',
      },
      {
        text: 'Download the metadata and give the file to us in the form on this page. Google publishes it at no URL. Press "Continue".',
        form: {
          title: 'Google Identity Provider details',
          fields: [bring('Download metadata'), leave('SSO URL, Entity ID, Certificate', 'are in the file')],
        },
      },
      {
        text: 'Fill in our side and press "Continue":',
        form: {
          title: 'Service provider details',
          fields: [
            paste('ACS URL', 'acs-url'),
            paste('Entity ID', 'entity-id'),
            paste('Start URL (optional)', 'login-url'),
            leave('Signed response', 'either way'),
            choose('Name ID format', 'EMAIL'),
            choose('Name ID', 'Basic Information > Primary email'),
          ],
        },
      },
      {
        text: 'Press "Add mapping" for each of these; the names on the right side are ours. Then press "Finish".',
        form: {
          title: 'Attributes · App attributes',
          fields: [
            map('email', 'Primary email'),
            map('firstName', 'First name'),
            map('lastName', 'Last name'),
          ],
        },
      },
      {
        text: 'Open "User access" in the app and turn it on for everyone, or for the units that may sign in.',
      },
    ],
    pitfalls: [
      'The app is off for everyone at first (403 app_not_enabled_for_user), and what is changed may take up to 24 hours to reach everybody.',
      'In a browser with a private Google account too, Google may take the wrong one (403 app_not_configured_for_user): try a private window.',
      'The certificate ends after five years, and no URL announces the next one: give us its metadata before the old one ends.',
    ],
    manual: 'https://support.google.com/a/answer/6087519',
  },
  scim: {
    without:
      'Google Workspace pushes people only to applications of its own catalogue, not to a custom SAML app like this one.',
    steps: [
      {
        text: 'Let people in as they come: switch just-in-time provisioning on for this domain. Whoever signs in by Google for the first time becomes a member.',
      },
      {
        text: 'Remove people who leave here by hand. They cannot sign in once Google suspends them, but their sessions and API keys stay valid until you do.',
      },
      {
        text: 'Does another system, such as Okta, JumpCloud or Entra ID, hold the same people? Push from there: whoever pushes people need not be whoever signs them in.',
      },
      {
        text: 'Some add an app of the catalogue that lets its endpoint be edited, and open "Configure autoprovisioning" in it. Google does not promise that this works; groups are not pushed, only people.',
        form: {
          title: 'Autoprovisioning',
          fields: [paste('Access token', 'token'), paste('Endpoint URL', 'base-url')],
        },
      },
    ],
    pitfalls: [
      'A push of Google comes every few hours, and people who leave are removed after a day or more.',
    ],
    manual: 'https://support.google.com/a/answer/7681608',
  },
}
