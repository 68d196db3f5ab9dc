// Times as clients write them (xsd:dateTime, RFC 7643 §2.3.5) brought to one text that sorts as the instants do.

const dateTime =
  /^(?!0000)(\d{4}-(?:0[1-9]|1[0-2])-(\d\d)T[0-2]\d:[0-5]\d:[0-5]\d)(?:\.(\d+))?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/i

/**
 * `2024-05-01T10:00:00.1234567+02:00` → `2024-05-01T08:00:00.123Z4567`: in UTC, milliseconds always, what is finer behind
 * the `Z`. A time this server wrote is its own instant. A missing zone is UTC; undefined when the text is no such time.
 */
export function instantOf(text: string): string | undefined {
  const [, seconds, day, fraction = '', zone = 'Z'] = dateTime.exec(text) ?? []
  if (seconds === undefined || day === undefined) return undefined
  // JavaScript moves the 31st of June to the 1st of July instead of refusing it.
  const plain = new Date(`${seconds.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(plain.getTime()) || plain.getUTCDate() !== Number(day)) return undefined
  const time = new Date(`${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${zone}`.toUpperCase())
  const year = time.getUTCFullYear()
  if (!(year >= 1 && year <= 9999)) return undefined
  return time.toISOString() + fraction.slice(3).replace(/0+$/, '')
}
