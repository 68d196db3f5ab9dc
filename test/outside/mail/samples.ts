// One of each letter, as a person would get it, and the same with what a malicious one would type.
import {
  certificateLetter,
  delegationLetter,
  inviteLetter,
  setUpLetter,
  signInLetter,
  testLetter,
  verificationLostLetter,
} from '../../../src/outside/mail/letters.ts'
import type { Mail } from '../../../src/outside/mail/message.ts'

interface Sample {
  readonly name: string
  readonly mail: Mail
  readonly link: string
}

const token = 'q7Jx0m3Yb1sKc9VdTz5LwRfHn2PgEa8UiOoXy4BvCjM'
const invite = {
  to: 'ada@example.com',
  firstName: 'Ada',
  organization: 'Analytical Engines Ltd',
  invitedBy: 'Charles Babbage',
  message: 'The mill and the store are ready.\nWe only need somebody who can programme them.',
  url: `https://id.acme.test/invites/${token}`,
  expiresAt: '2026-11-28T14:05:00.000Z',
}
const setUp = {
  to: 'it@example.com',
  organization: 'Analytical Engines Ltd',
  domain: 'engines.example',
  askedBy: 'Charles Babbage',
  url: `https://id.acme.test/set-up/${token}`,
  expiresAt: '2026-11-28T14:05:00.000Z',
}
const notice = {
  to: 'charles@example.com',
  domain: 'engines.example',
  organization: 'Analytical Engines Ltd',
  url: 'https://id.acme.test/',
}
const record = { name: '_gatehouse-challenge.engines.example', value: token }
const certificate = {
  subject: 'CN=engines.example, O=Okta',
  fingerprint_sha256: Array.from({ length: 32 }, (_, at) =>
    (at * 7).toString(16).padStart(2, '0').toUpperCase(),
  ).join(':'),
  not_after: '2026-12-02T09:00:00.000Z',
}

export const letters: readonly Sample[] = [
  { name: 'invite', mail: inviteLetter(invite), link: invite.url },
  { name: 'delegation', mail: delegationLetter({ ...invite, firstName: '' }), link: invite.url },
  { name: 'set-up', mail: setUpLetter(setUp), link: setUp.url },
  { name: 'set-up-claim', mail: setUpLetter({ ...setUp, domain: null }), link: setUp.url },
  {
    name: 'sign-in',
    mail: signInLetter({
      to: 'ada@example.com',
      url: `https://id.acme.test/login/link/${token}`,
      minutes: 15,
    }),
    link: `https://id.acme.test/login/link/${token}`,
  },
  {
    name: 'test',
    mail: testLetter({
      to: 'ada@example.com',
      url: 'https://id.acme.test/',
      at: '2026-11-25T12:00:00.000Z',
    }),
    link: 'https://id.acme.test/',
  },
  {
    name: 'verification-lost',
    mail: verificationLostLetter({
      ...notice,
      record,
      failingSince: '2026-11-18T03:00:00.000Z',
      isRevoked: false,
    }),
    link: notice.url,
  },
  {
    name: 'certificate',
    mail: certificateLetter({ ...notice, certificate, days: 7, others: 0 }),
    link: notice.url,
  },
]

const evil = '<script>alert(1)</script>\r\nBcc: eve@evil.test\u202e'
const typed = {
  ...invite,
  firstName: evil,
  organization: evil,
  invitedBy: evil,
  message: `${evil}\nAccept the invite:\nhttps://evil.test/`,
}

export const hostile: readonly [Sample, ...Sample[]] = [
  { name: 'invite', mail: inviteLetter(typed), link: invite.url },
  { name: 'delegation', mail: delegationLetter(typed), link: invite.url },
  { name: 'set-up', mail: setUpLetter({ ...setUp, organization: evil, askedBy: evil }), link: setUp.url },
  {
    name: 'certificate',
    mail: certificateLetter({
      ...notice,
      organization: evil,
      certificate: { ...certificate, subject: evil },
      days: 1,
      others: 1,
    }),
    link: notice.url,
  },
]
