// What identity providers send that the RFCs do not allow, accepted outside the strict profile and noted each time.

export const profiles = [
  'default',
  'okta',
  'entra',
  'google',
  'onelogin',
  'jumpcloud',
  'ping',
  'rippling',
  'strict',
] as const
export type Profile = (typeof profiles)[number]

/** Name of each accommodation → the sentence an administrator reads. */
export const quirks = {
  string_boolean: 'a boolean came as the text "True" or "False"',
} as const
export type Quirk = keyof typeof quirks

/** Decides, for one request, whether a leniency applies, and remembers each one used. */
export class Leniency {
  readonly profile: Profile
  readonly noted = new Set<Quirk>()

  constructor(profile: Profile = 'default') {
    this.profile = profile
  }

  get strict(): boolean {
    return this.profile === 'strict'
  }

  /** True, and noted, unless the profile is strict. */
  allows(quirk: Quirk): boolean {
    if (this.strict) return false
    this.noted.add(quirk)
    return true
  }
}
