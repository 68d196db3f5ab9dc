// Refusals of what is said: by whom, for whom, to which address, and for how long.
import type { Failure } from './failure.ts'

export const meaningFailures = {
  saml_issuer_mismatch: {
    title: 'The response is from another issuer',
    who: 'either',
    why: 'The signature is good, but the identity provider calls itself by another name than the one on the page of the domain. A slash at the end, http for https, or the name of another application is enough.',
    fix: [
      'If what came is the name of your identity provider, paste it into “Entity ID” on the page of the domain, exactly as it is.',
      'If it is not, people are led through the wrong application: correct the link or tile that they click on.',
    ],
    place: 'issuer',
  },
  saml_audience_missing: {
    title: 'The response does not say for whom it is',
    who: 'identity provider',
    why: 'A response without an audience would be good at every application of the company, so that it counts nowhere.',
    fix: ['Fill in our entity ID as the audience.'],
    place: 'audience',
    ours: ['entity_id'],
  },
  saml_audience_mismatch: {
    title: 'The response is for another audience',
    who: 'identity provider',
    why: 'The identity provider made it for an application of another name. Each domain here has an entity ID of its own, so that a response for one is worth nothing at another.',
    fix: [
      'Replace the audience (SP entity ID) by ours, exactly: no slash at the end, no blank before it.',
      'Look whether the values are those of this domain and not of another one.',
    ],
    place: 'audience',
    ours: ['entity_id'],
  },
  saml_recipient_mismatch: {
    title: 'The response was meant for another address',
    who: 'identity provider',
    why: 'The recipient in the assertion is not our ACS URL: an old address, another domain, or another server.',
    fix: ['Replace the ACS URL (single sign-on URL, recipient) by ours, exactly.'],
    place: 'acs',
    ours: ['acs_url'],
  },
  saml_destination_mismatch: {
    title: 'The response names another destination',
    who: 'identity provider',
    why: 'The response says that it is sent elsewhere than to where it came.',
    fix: ['Replace the ACS URL (destination) by ours, exactly.'],
    place: 'acs',
    ours: ['acs_url'],
  },
  saml_expired: {
    title: 'The response has expired',
    who: 'either',
    why: 'Responses are good for a few minutes. Somebody waited, went back in the browser or used an old page; or one of the clocks is wrong.',
    fix: [
      'If the two clocks differ by more than a few seconds, correct the wrong one by a time server (NTP).',
      'If they do not, start over; nothing has to be changed.',
    ],
    place: 'lifetime',
  },
  saml_not_yet_valid: {
    title: 'The response is not valid yet',
    who: 'either',
    why: 'It is dated in the future: the clock of the identity provider is ahead, or ours is behind.',
    fix: ['Compare both clocks with a time server, and correct the wrong one (NTP).'],
    place: 'lifetime',
  },
  saml_invalid_assertion: {
    title: 'Something in the assertion is missing or there twice',
    who: 'identity provider',
    why: 'The standard wants certain parts exactly once: a subject with one NameID, conditions with both times, a statement that somebody signed in. What was expected and what came says which part it is.',
    fix: [
      'If the NameID is missing, add a rule that sends the e-mail address as the NameID.',
      'If it is another part, tell the support of the identity provider what was expected and what came.',
    ],
    place: 'name id',
  },
} as const satisfies Record<string, Failure>
