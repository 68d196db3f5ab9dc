// What an administrator asks for when they make a set-up link, as typed and as checked.
import { invalid } from '../../base/refusal.ts'
import { storableText } from '../../base/storable.ts'
import { readAddress } from '../../domain/address.ts'
import { isSetUpPart, type SetUpPart, setUpParts } from '../../domain/set-up-part.ts'

export const lifetimes = [1, 3, 7, 14, 30] as const
export const usualLifetime = 7
export const longestLabel = 100

/** As it was typed. */
export interface SetUpLinkWish {
  /** null: the holder claims one. */
  readonly domainId: string | null
  /** Whom it is for. */
  readonly label: string
  /** Empty: it is not mailed. */
  readonly sendTo: string
  readonly parts: readonly string[]
  readonly days: number
}

export interface Asked {
  readonly domainId: string | null
  readonly label: string
  readonly sendTo: string | null
  readonly parts: readonly SetUpPart[]
  readonly days: number
}

export function readWish({ domainId, label: typed, sendTo: address, parts, days }: SetUpLinkWish): Asked {
  const sendTo = address.trim() === '' ? null : readAddress(address)
  const label = storableText(typed).trim() || (sendTo ?? '')
  if (label === '') throw invalid('required', 'Please say whom the link is for.', 'label')
  if (label.length > longestLabel)
    throw invalid(
      'invalid_input',
      `Expected at most ${longestLabel} characters, got ${label.length}.`,
      'label',
    )
  if (!lifetimes.some(each => each === days))
    throw invalid('invalid_choice', `Expected ${lifetimes.join(', ')} days; got ${days}.`, 'days')
  return { domainId, label, sendTo, parts: readParts(parts, domainId), days }
}

function readParts(texts: readonly string[], domainId: string | null): SetUpPart[] {
  const unknown = texts.find(text => !isSetUpPart(text))
  if (unknown !== undefined)
    throw invalid('invalid_choice', `Expected ${setUpParts.join(', ')}; got "${unknown}".`, 'parts')
  const parts = setUpParts.filter(part => texts.includes(part))
  if (parts.length === 0) throw invalid('required', 'Please choose at least one part of the set-up.', 'parts')
  if (domainId === null && !parts.includes('verify'))
    throw invalid('required', 'A link without a domain has to be for verifying one.', 'parts')
  return parts
}
