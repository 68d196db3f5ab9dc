// What the document of the API says of the routes of signing in.

export interface Description {
  readonly id: string
  readonly summary: string
  /** `page`: for people; `elsewhere`: a redirect, or a page that says why not. */
  readonly answers: 'page' | 'metadata' | 'keys' | 'elsewhere'
  readonly query?: Readonly<Record<string, string>>
  /** The fields of the form. */
  readonly form?: Readonly<Record<string, string>>
}

const ways = {
  next: 'Where to go afterwards.',
  login_hint: 'The address that the identity provider is told.',
  force: '`1`: the identity provider asks again.',
}

export const described = {
  metadata: {
    id: 'getSamlMetadata',
    summary: "This server's SAML metadata for a domain",
    answers: 'metadata',
  },
  start: {
    id: 'startSamlSignIn',
    summary: 'Start a sign-in through the SAML of a domain',
    answers: 'elsewhere',
    query: ways,
  },
  consume: {
    id: 'consumeSamlResponse',
    summary: 'The assertion consumer service: where the identity provider sends its response',
    answers: 'elsewhere',
    form: { SAMLResponse: 'The response, in Base64.', RelayState: 'What the request came with.' },
  },
  startByAddress: {
    id: 'startSamlSignInByAddress',
    summary: "Start a sign-in through the SAML of an address's domain",
    answers: 'elsewhere',
    query: { email: 'Whose.', ...ways },
  },
  signInForm: {
    id: 'showSignIn',
    summary: 'The question for an address',
    answers: 'page',
    query: { next: 'Where to go afterwards.' },
  },
  chooseWay: {
    id: 'chooseWayIn',
    summary: 'On to the identity provider, or a mailed link',
    answers: 'elsewhere',
    form: { email: 'Whose.', next: 'Where to go afterwards.' },
  },
  showLink: { id: 'showSignInLink', summary: 'What a mailed link leads to', answers: 'page' },
  takeLink: { id: 'takeSignInLink', summary: 'Sign in by a mailed link', answers: 'elsewhere' },
  signOut: { id: 'signOut', summary: 'End the session', answers: 'elsewhere' },
  showInvite: { id: 'showInvite', summary: 'What the link of an invite leads to', answers: 'page' },
  acceptInvite: { id: 'acceptInvite', summary: 'Accept an invite on its page', answers: 'page' },
  jwks: {
    id: 'getJwks',
    summary: 'The keys that verify the tokens for applications (RFC 7517)',
    answers: 'keys',
  },
} as const satisfies Record<string, Description>
