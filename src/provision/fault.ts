// What a client learns of an error: a refusal as it is, and of everything else only whom to ask.
import type { Context } from '../context.ts'
import { ScimError } from '../scim/errors.ts'

/** RFC 7644 §3.12 has the form of a 500 too; the cause goes to the log alone. */
export function refusalFor({ log }: Context, requestId: string | null, error: unknown): ScimError {
  if (error instanceof ScimError) return error
  log.error({ err: error, requestId }, 'a SCIM request failed')
  return new ScimError(500, `Something went wrong on our side. The request id is ${requestId}.`)
}
