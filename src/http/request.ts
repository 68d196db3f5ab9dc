// What every surface needs of a request: its id, where it comes from, and its body under a limit.

import type { Context as HonoContext } from 'hono'

export type HttpEnv = { Variables: { requestId: string; ip: string } }

export class BodyTooLarge extends Error {
  readonly limit: number

  constructor(limit: number) {
    super(`The body may have at most ${limit} bytes.`)
    this.name = 'BodyTooLarge'
    this.limit = limit
  }
}

/** The raw body. It is counted while it is read, so that a client cannot make us hold more than `maxBytes`. */
export async function readBody(c: HonoContext, maxBytes: number): Promise<Uint8Array> {
  const declared = Number(c.req.header('content-length') ?? Number.NaN)
  if (declared > maxBytes) throw new BodyTooLarge(maxBytes)
  if (Number.isInteger(declared)) return new Uint8Array(await c.req.arrayBuffer())
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) throw new BodyTooLarge(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
