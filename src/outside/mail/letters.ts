// The letters that this server writes, each as its reader gets it.

import { writeLetter } from './letter.ts'
import type { Mail } from './message.ts'

interface Invitation {
  readonly to: string
  readonly firstName: string
  readonly organization: string
  /** A name or an address. */
  readonly invitedBy: string
  readonly message: string
  readonly url: string
  readonly expiresAt: string
}

export function inviteLetter(invite: Invitation): Mail {
  const { to, firstName, organization, invitedBy, message, url, expiresAt } = invite
  return writeLetter(to, {
    subject: `${invitedBy} invited you to ${organization}`,
    title: `Join ${organization}`,
    paragraphs: [
      `${greeting(firstName)}${invitedBy} invited you to join ${organization}.`,
      `The invite is for ${to} and lasts until ${moment(expiresAt)}.`,
    ],
    quote: message,
    action: { label: 'Accept the invite', url },
    closing: `You got this because ${invitedBy} entered your address. If you do not know them, ignore it: nothing happens without you.`,
  })
}

export function delegationLetter(invite: Invitation): Mail {
  const { to, firstName, organization, invitedBy, message, url, expiresAt } = invite
  return writeLetter(to, {
    subject: `${invitedBy} asks you to set up ${organization}`,
    title: `Finish setting up ${organization}`,
    paragraphs: [
      `${greeting(firstName)}${invitedBy} started to set up ${organization} and asks you to take over: verifying its domain and connecting its identity provider need somebody with access to DNS and to the directory.`,
      `You join as an administrator. The invite is for ${to} and lasts until ${moment(expiresAt)}.`,
    ],
    quote: message,
    action: { label: 'Take over the setup', url },
    closing: `You got this because ${invitedBy} entered your address. If you do not know them, ignore it: nothing happens without you.`,
  })
}

export function setUpLetter(asked: {
  readonly to: string
  readonly organization: string
  /** null: the reader says which one. */
  readonly domain: string | null
  /** A name or an address. */
  readonly askedBy: string
  readonly url: string
  readonly expiresAt: string
}): Mail {
  const { to, organization, domain, askedBy, url, expiresAt } = asked
  const what = domain === null ? 'a domain' : domain
  return writeLetter(to, {
    subject: `${askedBy} asks you to set up ${what} for ${organization}`,
    title: `Set up ${what} for ${organization}`,
    paragraphs: [
      `${askedBy} asks you to connect ${domain ?? 'your domain'} to ${organization}. It needs somebody with access to its DNS or to its identity provider, and no account here: the link opens the steps that are asked of you, one by one.`,
      `It works until ${moment(expiresAt)}, for whoever has it, so please do not pass it on.`,
    ],
    action: { label: 'Begin the set-up', url },
    closing: `You got this because ${askedBy} entered your address. If you do not know them, ignore it: nothing happens without you.`,
  })
}

export const signInLetter = ({ to, url, minutes }: { to: string; url: string; minutes: number }): Mail =>
  writeLetter(to, {
    subject: 'Your sign-in link',
    title: 'Sign in',
    paragraphs: [`This link signs you in as ${to}. It works once, for ${minutes} minutes.`],
    action: { label: 'Sign in', url },
    closing: 'If you did not ask for it, leave it alone: nobody gets in without the link.',
  })

/** To whoever asks whether mail arrives. */
export const testLetter = ({ to, url, at }: { to: string; url: string; at: string }): Mail =>
  writeLetter(to, {
    subject: 'Mail from Gatehouse works',
    title: 'Mail works',
    paragraphs: [
      `Somebody pressed "Send a test mail to me" at ${url}, on ${moment(at)}. Nothing is left to do.`,
    ],
    action: { label: 'Back to the console', url },
    closing: 'You got this because you are signed in there; nobody else can have asked for it.',
  })

interface DomainNotice {
  readonly to: string
  readonly domain: string
  readonly organization: string
  /** Where it can be seen to. */
  readonly url: string
}

export function verificationLostLetter(
  notice: DomainNotice & {
    record: { readonly name: string; readonly value: string }
    failingSince: string
    isRevoked: boolean
  },
): Mail {
  const { to, domain, organization, url, record, failingSince, isRevoked } = notice
  const consequence = isRevoked
    ? `${domain} is not verified any more: SCIM, just-in-time provisioning and the enforcement of single sign-on are off until the record is back and the domain is verified again.`
    : `Everything goes on working for now. Please put the record back, so that ${domain} stays yours beyond doubt.`
  return writeLetter(to, {
    subject: `The DNS record that verifies ${domain} is gone`,
    title: `The DNS record of ${domain} is gone`,
    paragraphs: [
      `The TXT record that proves that ${domain} belongs to ${organization} has not been found since ${moment(failingSince)}.`,
      consequence,
    ],
    details: [
      ['Type', 'TXT'],
      ['Name', record.name],
      ['Value', record.value],
    ],
    action: { label: 'Open the domain', url },
    closing: adminClosing(organization),
  })
}

export function certificateLetter(
  notice: DomainNotice & {
    certificate: { readonly subject: string; readonly fingerprint_sha256: string; readonly not_after: string }
    days: number
    /** How many more of the domain's certificates last longer. */
    others: number
  },
): Mail {
  const { to, domain, organization, url, certificate, days, others } = notice
  const left = days < 1 ? 'less than a day' : days === 1 ? '1 day' : `${days} days`
  const consequence =
    others > 0
      ? 'A newer certificate is in place already. Make sure that the identity provider signs with it by then; nothing else is left to do.'
      : `From then on nobody can sign in to ${domain} through SAML. Create a new certificate at the identity provider and add it to the domain beside this one: both are trusted while you change over.`
  return writeLetter(to, {
    subject: `The SAML certificate of ${domain} expires in ${left}`,
    title: `A certificate expires in ${left}`,
    paragraphs: [
      `The certificate by which the identity provider of ${domain} (${organization}) signs expires on ${moment(certificate.not_after)}.`,
      consequence,
    ],
    details: [
      ['Subject', certificate.subject],
      ['SHA-256 fingerprint', certificate.fingerprint_sha256],
    ],
    action: { label: 'Open the domain', url },
    closing: adminClosing(organization),
  })
}

const adminClosing = (organization: string) =>
  `You got this because you are an administrator of ${organization}.`

const greeting = (firstName: string) => (firstName === '' ? '' : `Hello ${firstName}, `)

const longDate = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
/** `28 November 2026 at 14:05 UTC`. */
const moment = (time: string) => `${longDate.format(new Date(time))} UTC`
