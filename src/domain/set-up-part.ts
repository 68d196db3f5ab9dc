// The parts of a domain's set-up that somebody without an account can be asked to do.

export const setUpParts = ['verify', 'saml', 'scim', 'test'] as const

export type SetUpPart = (typeof setUpParts)[number]

export const isSetUpPart = (text: string): text is SetUpPart => setUpParts.some(part => part === text)
