// Calls to services that the operator has chosen: bounded in time, without redirects, and an error says what came back.

const timeoutMs = 15_000
const longestDetail = 300

/** The service answered, and refused; `status` says how. */
export class CallRefused extends Error {
  readonly status: number

  constructor(what: string, status: number, detail: string) {
    super(`${what}: expected success, got ${status}${detail === '' ? '' : ` ${detail}`}`)
    this.name = 'CallRefused'
    this.status = status
  }
}

/** `what` names the call in errors; the answer is a success. */
export async function call(what: string, request: Request): Promise<Response> {
  const response = await fetch(request, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) }).catch(
    (error: unknown) => {
      throw new Error(`${what}: expected an answer, got none: ${reasonOf(error)}`, { cause: error })
    },
  )
  if (response.ok) return response
  const detail = await response.text().catch(() => '')
  throw new CallRefused(what, response.status, detail.slice(0, longestDetail))
}

function reasonOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : {}
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message
  return error instanceof Error ? error.message : String(error)
}

/** A JSON request with a bearer token or the like. */
export const jsonRequest = (
  method: string,
  url: string,
  { authorization, body }: { authorization: string; body?: unknown },
): Request =>
  new Request(url, {
    method,
    headers: {
      Authorization: authorization,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
