// What a set-up guide is made of: steps in order, and the forms at the identity provider with what becomes of each field.
import type { ValueName } from './values.ts'

/** A field as that form calls it, and what is done with it. */
export type Field =
  | { readonly does: 'paste'; readonly label: string; readonly ours: ValueName }
  | { readonly does: 'choose'; readonly label: string; readonly choice: string }
  | { readonly does: 'enter'; readonly label: string; readonly text: string }
  | { readonly does: 'tick'; readonly label: string }
  /** An attribute: the name to type, by which we look for it, and where they take it from. */
  | { readonly does: 'map'; readonly label: string; readonly from: string }
  /** The same where it stands there already, or is chosen from a list. */
  | { readonly does: 'see'; readonly label: string; readonly from: string }
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
  /** Their words stand in double quotes, what is typed and what comes from elsewhere in backticks. */
  readonly text: string
  readonly form?: Form
}

interface Walk {
  /** That the identity provider cannot do this, where it cannot; the steps are what to do instead. */
  readonly without?: string
  readonly steps: readonly Step[]
  /** One line each: what usually goes wrong. */
  readonly pitfalls: readonly string[]
  /** Where the identity provider itself tells of it. */
  readonly manual: string | null
}

export interface Guide {
  readonly name: string
  readonly saml: Walk
  readonly scim: Walk
}

export const paste = (label: string, ours: ValueName): Field => ({ does: 'paste', label, ours })
export const choose = (label: string, choice: string): Field => ({ does: 'choose', label, choice })
export const enter = (label: string, text: string): Field => ({ does: 'enter', label, text })
export const tick = (label: string): Field => ({ does: 'tick', label })
export const map = (label: string, from: string): Field => ({ does: 'map', label, from })
export const see = (label: string, from: string): Field => ({ does: 'see', label, from })
export const press = (label: string): Field => ({ does: 'press', label })
export const bring = (label: string): Field => ({ does: 'bring', label })
export const leave = (label: string, why: string): Field => ({ does: 'leave', label, why })
