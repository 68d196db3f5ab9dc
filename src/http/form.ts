// The fields of a posted form, also of one that carries files: those count as the text that is in them.
import type { Context as HonoContext } from 'hono'
import { invalid } from '../base/refusal.ts'
import { BodyCutShort, readBody } from './request.ts'

export async function readForm(c: HonoContext, maxBytes: number): Promise<URLSearchParams> {
  const body = await readBody(c, maxBytes)
  const contentType = c.req.header('content-type') ?? ''
  if (!/^multipart\/form-data\b/i.test(contentType))
    return new URLSearchParams(new TextDecoder().decode(body))
  const fields = new URLSearchParams()
  for (const [name, value] of await readParts(body, contentType)) {
    fields.append(name, typeof value === 'string' ? value : textOf(await value.arrayBuffer()))
  }
  return fields
}

export function numberIn(form: URLSearchParams, name: string): number {
  const typed = form.get(name)?.trim() ?? ''
  if (/^\d{1,9}$/.test(typed)) return Number(typed)
  throw invalid('invalid_input', `Expected a whole number, got ${gotWords(typed)}.`, name)
}

/** What came in a field, for a refusal. */
export const gotWords = (typed: string | null): string =>
  typed === null || typed.trim() === '' ? 'nothing' : `"${typed.trim().slice(0, 100)}"`

async function readParts(body: Uint8Array, contentType: string): Promise<FormData> {
  try {
    return await new Response(Buffer.from(body), { headers: { 'Content-Type': contentType } }).formData()
  } catch (error) {
    throw new BodyCutShort(error)
  }
}

/** Windows writes XML in UTF-16 as well, and says so in the first two bytes. */
function textOf(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength))
  const isWide = first === 0xff && second === 0xfe
  return new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(bytes)
}
