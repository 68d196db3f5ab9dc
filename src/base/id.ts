// Identifiers: UUIDv7 in lower case, which sort by the time they were made.
import { randomFillSync, randomInt } from 'node:crypto'
import { v7 } from 'uuid'

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const newId = (): string => make(Date.now())

/** As `newId`, but for a moment of our own clock. */
export const newIdAt = (time: Date): string => make(time.getTime())

/** What ids of this moment begin with: none that was made before sorts behind it, none that is made later in front. */
export const idsFrom = (time: Date): string => make(Math.max(0, time.getTime())).slice(0, 13)

/** Ids of one millisecond sort in the order in which they were made. */
function make(msecs: number): string {
  sequence = (sequence + 1) >>> 0
  return v7({ msecs, seq: sequence, random: nextRandom() })
}

let sequence = randomInt(2 ** 31)

/** Random bytes are drawn for many ids at once: drawing them costs more than the rest of an id. */
const drawn = new Uint8Array(16 * 256)
let used = drawn.length

function nextRandom(): Uint8Array {
  if (used === drawn.length) {
    randomFillSync(drawn)
    used = 0
  }
  used += 16
  return drawn.subarray(used - 16, used)
}

/** When an id of ours was made. */
export const timeOfId = (id: string): Date => new Date(Number.parseInt(id.replace('-', '').slice(0, 12), 16))

/** The id in the form we store it, or undefined when the text is no UUID of any version. */
export function readId(text: string): string | undefined {
  const id = text.toLowerCase()
  return uuidForm.test(id) ? id : undefined
}
