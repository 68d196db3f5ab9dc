// Finding people by a part of their name or address, or by something like it: the same on every database, as it is done here.

export interface Searched {
  readonly first_name: string
  readonly last_name: string
  readonly email: string
}

/** Infinite for who contains the term; below 1, down to the threshold, for who is only like it. */
export type Likeness = number

const threshold = 0.3

/** How well people fit the term; undefined for those who do not. */
export function createSearch(term: string): (person: Searched) => Likeness | undefined {
  const wanted = term.trim().toLowerCase()
  const wantedTrigrams = trigramsOf(wanted)
  const mayBeLike = createSieve(wantedTrigrams)
  return ({ first_name, last_name, email }) => {
    const first = first_name.toLowerCase()
    const last = last_name.toLowerCase()
    const whole = `${first} ${last}`
    if (whole.includes(wanted) || email.includes(wanted)) return Number.POSITIVE_INFINITY
    if (!mayBeLike(`${whole} ${email}`)) return undefined
    const texts = [first, last, whole, email, email.slice(0, email.indexOf('@'))]
    const likeness = Math.max(...texts.map(text => similarity(trigramsOf(text), wantedTrigrams)))
    return likeness >= threshold ? likeness : undefined
  }
}

/** Almost everybody of a large organization can be left out by a look at how many of the trigrams are there at all. */
function createSieve(trigrams: ReadonlySet<string>): (text: string) => boolean {
  const needed = threshold * trigrams.size
  const parts = [...trigrams].map(trigram => trigram.replace('  ', ' '))
  return text => {
    const words = ` ${text.replaceAll(between, ' ')} `
    return parts.filter(part => words.includes(part)).length >= needed
  }
}

const between = /[^\p{L}\p{N}\p{M}]+/gu

/** As PostgreSQL's pg_trgm has it: words of letters and digits with two blanks before and one behind, cut into threes. */
export function trigramsOf(text: string): ReadonlySet<string> {
  const trigrams = new Set<string>()
  for (const [word] of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const letters = [' ', ' ', ...word, ' ']
    for (let at = 0; at + 3 <= letters.length; at++) trigrams.add(letters.slice(at, at + 3).join(''))
  }
  return trigrams
}

/** What two have in common of what they have together, from 0 to 1. */
export function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = a.intersection(b).size
  const together = a.size + b.size - common
  return together === 0 ? 0 : common / together
}
