// What a command prints: with `--json` one JSON object on stdout and nothing else there, otherwise plain lines.

export interface OutputOptions {
  readonly json?: boolean
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** The result as JSON, or as one `name: value` line for each field that has a value. */
export function print(result: object, { json }: OutputOptions): void {
  if (json) {
    say(JSON.stringify(result))
    return
  }
  for (const [name, value] of Object.entries(result)) {
    if (value !== null) say(`${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
  }
}
