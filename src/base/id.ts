// Identifiers: UUIDv7 in lower case, which sort by the time they were made.
import { v7 } from 'uuid'

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const newId = (): string => v7()

let sequence = 0

/** As `newId`, but for a moment of our own clock; ids of one moment sort in the order in which they were made. */
export const newIdAt = (time: Date): string => {
  sequence = (sequence + 1) >>> 0
  return v7({ msecs: time.getTime(), seq: sequence })
}

/** The id in the form we store it, or undefined when the text is no UUID of any version. */
export function readId(text: string): string | undefined {
  const id = text.toLowerCase()
  return uuidForm.test(id) ? id : undefined
}
