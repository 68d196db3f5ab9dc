// The server's own log: JSON lines with times in UTC and the values of secret keys removed.
import { type DestinationStream, type Level, type Logger, pino, stdTimeFunctions } from 'pino'

export type Log = Logger

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = Level | 'silent'

const secretKeys = ['authorization', 'cookie', 'set-cookie', 'password', 'secret', 'token']

// pino's `*` stands for exactly one level, so each depth that our own log calls reach is spelled out.
const redactedPaths = ['', '*', '*.*'].flatMap(depth => secretKeys.map(key => `${depth}["${key}"]`))

/** Where PostgreSQL repeats values in its errors: `Key (email)=(ada@acme.test) already exists.` */
const personalPaths = ['detail', 'where'].map(key => `err.${key}`)

/** Writes to standard output unless a destination is given: a command that prints JSON logs to `process.stderr`. */
export function createLog(level: LogLevel, destination: DestinationStream = pino.destination(1)): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
      redact: { paths: [...redactedPaths, ...personalPaths], censor: '***' },
    },
    destination,
  )
}
