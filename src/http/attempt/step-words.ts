// What each check of a sign-in is called, and what it makes sure of.
import type { Step } from '../../manage/sign-ins/view.ts'

const words: Readonly<Record<Step['name'], readonly [title: string, about: string]>> = {
  transport: ['Form', 'one response came, whole and not too large'],
  xml: ['Document', 'it can be read in one way only'],
  connection: ['Connection', 'the domain is verified and has SAML'],
  status: ['Status', 'the identity provider says success'],
  policy: ['Kind of signature', 'what is signed, and by which algorithm'],
  signature: ['Signature', 'by a certificate of this domain, over what came'],
  decryption: ['Decryption', 'with our key'],
  assertion: ['Assertion', 'every part is there once'],
  response: ['Response', 'version and date of the response'],
  version: ['Version', 'SAML 2.0'],
  issuer: ['Issuer', 'who made it'],
  issued: ['Issued', 'when it was made'],
  destination: ['Destination', 'where it was sent'],
  authentication: ['Authentication', 'somebody signed in over there'],
  conditions: ['Conditions', 'none that is not understood'],
  validity: ['Validity', 'from when to when it is good'],
  audience: ['Audience', 'for whom it was made'],
  confirmation: ['Confirmation', 'whoever carries it may use it'],
  recipient: ['Recipient', 'to which address it was made out'],
  session: ['Session', 'the one over there has not ended'],
  request: ['Request', 'it answers one of ours, or nobody had to ask'],
  browser: ['Browser', 'the one that began it'],
  email: ['E-mail address', 'one plain address'],
  domain: ['Domain of the address', 'one that the organization owns'],
  replay: ['First use', 'it was not used before'],
  access: ['Access', 'the person may come in'],
}

export const titleOf = (name: Step['name']): string => words[name][0]
export const aboutOf = (name: Step['name']): string => words[name][1]
