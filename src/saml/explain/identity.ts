// Refusals of a response that is good in itself: whose answer it is, whose address, and whether they may come in.
import type { Failure } from './failure.ts'

export const identityFailures = {
  saml_replayed: {
    title: 'The response was used before',
    who: 'nobody',
    why: 'A response counts once. Somebody reloaded the page after signing in, or went back to it; or the response was copied and sent again.',
    fix: [
      'If the person was signed in a moment before, nothing has to be changed.',
      'If not, find out who sent it again, and from which address.',
    ],
  },
  saml_unsolicited_disabled: {
    title: 'Nobody here asked for this sign-in',
    who: 'either',
    why: 'It began at the identity provider, most often with a click on its tile. This domain takes only sign-ins that began here, which protects people from being signed in as somebody else.',
    fix: [
      'Let the tile lead to our login URL; the sign-in then begins here, without another click.',
      'Or allow sign-ins that begin at the identity provider, on the page of the domain.',
    ],
    place: 'start',
    ours: ['login_url'],
  },
  saml_request_unknown: {
    title: 'The response answers no sign-in that is waiting',
    who: 'nobody',
    why: 'A sign-in waits for 15 minutes and is answered once. Somebody waited longer, answered it twice, or used an old page.',
    fix: [
      'Start over; nothing has to be changed.',
      'If it happens to everybody, look whether the RelayState comes back unchanged.',
    ],
  },
  saml_browser_mismatch: {
    title: 'The sign-in began in another browser',
    who: 'nobody',
    why: 'Whoever begins a sign-in has to end it in the same browser. Somebody changed browsers, or cookies are blocked; or somebody was sent a sign-in that is not theirs.',
    fix: [
      'Start over in one browser.',
      'If it happens again, allow cookies of this site, also when other sites lead here.',
    ],
  },
  saml_email_missing: {
    title: 'No e-mail address came',
    who: 'either',
    why: 'People are known by their address, and neither an attribute of a known name nor the NameID holds one. The names of what came stand below.',
    fix: [
      'Send the address in an attribute “email”.',
      'If it is there under another name, put that name into the attribute mapping on the page of the domain.',
    ],
    place: 'attributes',
  },
  saml_ambiguous_email: {
    title: 'Several e-mail addresses came',
    who: 'either',
    why: 'The attribute has more than one address, and nobody can say which one is the person.',
    fix: [
      'Map the attribute to one address, the main one.',
      'Or name another attribute in the attribute mapping on the page of the domain.',
    ],
    place: 'attributes',
  },
  saml_email_invalid: {
    title: 'The e-mail address cannot be used',
    who: 'identity provider',
    why: 'It is no plain address: there is a name around it, a blank or a letter that is not ASCII, or it is a user name.',
    fix: ['Correct the address of the person in the directory, or map the attribute to another field.'],
    place: 'attributes',
  },
  saml_domain_not_allowed: {
    title: 'The address is on a domain that is not yours',
    who: 'either',
    why: 'An identity provider may sign in only people whose address is on a verified domain of the organization: its administrator could type any address.',
    fix: [
      'If the domain is yours as well, add it here and verify it.',
      'If the address is wrong or private, correct it in the directory.',
      'If the person is a guest, invite them: they sign in by a mailed link.',
    ],
    place: 'attributes',
  },
  saml_jit_disabled: {
    title: 'The person is no member, and may not join by signing in',
    who: 'here',
    why: 'Everything about the response is good. The person is not in the organization, has no invite, and just-in-time provisioning is off for this domain.',
    fix: [
      'Invite the person, or push them by SCIM.',
      'Or switch just-in-time provisioning on, on the page of the domain: whoever signs in becomes a member.',
    ],
    place: 'assignment',
  },
  saml_user_deactivated: {
    title: 'The person has been deactivated',
    who: 'identity provider',
    why: 'Everything about the response is good. But the person was deactivated by SCIM, which stands above every way in.',
    fix: [
      'If they should come in, assign them to the application again, or activate them in the directory; wait for the next push.',
      'The log of SCIM says when they were deactivated, and by whom.',
    ],
    place: 'assignment',
  },
} as const satisfies Record<string, Failure>
