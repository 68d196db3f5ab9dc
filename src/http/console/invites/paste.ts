// Pasted addresses, a line each: an address alone, `Name <address>` as mail programs write it, or columns of a table.

export interface PastedLine {
  /** From 1, blank lines counted. */
  readonly number: number
  readonly text: string
  readonly address: string
  readonly firstName: string
  /** How many addresses seem to stand in the line. */
  readonly addresses: number
}

export const readPaste = (text: string): PastedLine[] =>
  text
    .split(/\r\n?|\n/)
    .map((line, at) => ({ number: at + 1, text: line.trim(), ...readLine(line.trim()) }))
    .filter(line => line.text !== '')

type Person = Pick<PastedLine, 'address' | 'firstName' | 'addresses'>

/** What cannot be made out comes back as the address, for whoever checks addresses to refuse. */
function readLine(line: string): Person {
  const bracketed = [...line.matchAll(/<([^<>]*)>/g)]
  const [only, another] = bracketed
  if (only && !another) {
    const name = line.slice(0, only.index)
    const isLast = /^[\s,;]*$/.test(line.slice(only.index + only[0].length))
    if (isLast) return { address: addressOf(only[1] ?? ''), firstName: firstNameOf(name), addresses: 1 }
  }
  const cells = line.split(/[,;\t]/).map(cell => unquoted(cell.trim()))
  const addresses = cells.filter(cell => cell.includes('@'))
  const [address] = addresses
  if (address === undefined || addresses.length > 1)
    return { address: line, firstName: '', addresses: addresses.length }
  const others = cells.filter(cell => cell !== '' && cell !== address)
  return { address: addressOf(address), firstName: others[0] ?? '', addresses: 1 }
}

const addressOf = (text: string): string => text.trim().replace(/^mailto:/i, '')

const unquoted = (text: string): string =>
  /^"(.*)"$|^'(.*)'$/.exec(text)?.slice(1).find(Boolean)?.trim() ?? text

/** The first word, or the first behind the comma of `Lovelace, Ada`. */
function firstNameOf(name: string): string {
  const text = unquoted(name.trim())
  const given = text.includes(',') ? text.slice(text.indexOf(',') + 1) : text
  return given.trim().split(/\s+/)[0] ?? ''
}
