// The address of somebody who is to get mail.
import { invalid } from '../base/refusal.ts'
import { domainOfAddress } from './domain.ts'

/** Nothing that a mail program would take for more than one address, or for a name around one. */
const localPart = /^[^\s"(),:;<>[\]\\]+@/

/** Lower-cased, as people are known by it. */
export function readAddress(text: string): string {
  const address = text.trim().toLowerCase()
  if (domainOfAddress(address) !== undefined && localPart.test(address)) return address
  throw invalid(
    'invalid_input',
    `Expected an e-mail address like "ada@example.com", got "${text.slice(0, 80)}".`,
  )
}
