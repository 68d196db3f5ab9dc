// What a set-up guide is made of: steps in order, and the forms at the identity provider with what becomes of each field.

/** What of ours is pasted over there. */
export type OurValue =
  | 'entity-id'
  | 'acs-url'
  | 'metadata-url'
  | 'login-url'
  | 'name-id-format'
  | 'base-url'
  | 'token'

/** A field as that form calls it, and what is done with it. */
export type Field =
  | { readonly does: 'paste'; readonly label: string; readonly ours: OurValue }
  | { readonly does: 'choose'; readonly label: string; readonly choice: string }
  | { readonly does: 'tick'; readonly label: string }
  /** An attribute by the name that we look for, and where they take it from. */
  | { readonly does: 'map'; readonly label: string; readonly from: string }
  | { readonly does: 'press'; readonly label: string }
  /** It comes back to us. */
  | { readonly does: 'bring'; readonly label: string }
  | { readonly does: 'leave'; readonly label: string; readonly why: string }

export interface Form {
  /** As the page or dialogue over there is headed. */
  readonly title: string
  readonly fields: readonly Field[]
}

export interface Step {
  /** Their words stand in double quotes, what is typed in backticks. */
  readonly text: string
  readonly form?: Form
}

export interface Walk {
  readonly steps: readonly Step[]
  /** One line each: what usually goes wrong. */
  readonly pitfalls: readonly string[]
  /** Where the identity provider itself tells of it. */
  readonly manual?: string
}

export interface Guide {
  readonly name: string
  readonly saml: Walk
  readonly scim: Walk
}

export const paste = (label: string, ours: OurValue): Field => ({ does: 'paste', label, ours })
export const choose = (label: string, choice: string): Field => ({ does: 'choose', label, choice })
export const tick = (label: string): Field => ({ does: 'tick', label })
export const map = (label: string, from: string): Field => ({ does: 'map', label, from })
export const press = (label: string): Field => ({ does: 'press', label })
export const bring = (label: string): Field => ({ does: 'bring', label })
export const leave = (label: string, why: string): Field => ({ does: 'leave', label, why })
