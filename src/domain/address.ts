// The addresses of people, in the one form by which they are known.
import { invalid } from '../base/refusal.ts'
import { domainOfAddress } from './domain.ts'

/** Nothing that a mail program would take for more than one address or for a name around one, and nothing invisible. */
const localPart = /^[^\s\p{C}"(),:;<>[\]\\]+$/u

/** Lower-cased, its domain in ASCII; undefined when the text is no plain address. */
export function addressIn(text: string): string | undefined {
  const domain = domainOfAddress(text)
  const local = text.trim().split('@', 1)[0]?.toLowerCase().normalize('NFC') ?? ''
  return domain !== undefined && localPart.test(local) ? `${local}@${domain}` : undefined
}

const longestAddress = 254

/** As `addressIn`; refuses what is none, or too long for a mail. `attr` is the field that it stood in. */
export function readAddress(text: string, attr: string | null = null): string {
  const address = addressIn(text)
  if (address === undefined) {
    throw invalid(
      'invalid_input',
      `Expected an e-mail address like "ada@example.com", got "${text.slice(0, 80)}".`,
      attr,
    )
  }
  if (address.length > longestAddress) {
    throw invalid(
      'max_length',
      `Expected an address of at most ${longestAddress} characters, got ${address.length}.`,
      attr,
    )
  }
  return address
}
