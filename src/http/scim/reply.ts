// How an answer of this surface looks: the media type, the error body, and what the log keeps of it.
import type { Body } from '../../provision/pieces.ts'
import type { ScimError } from '../../scim/errors.ts'

export interface Reply {
  readonly status: number
  /** JSON text, or null when there is nothing to say. */
  readonly text: Body | null
  readonly headers: Readonly<Record<string, string>>
  /** What the log keeps in place of a long text, and of one that comes in pieces. */
  readonly excerpt?: string
}

export const jsonReply = (status: number, text: Body, headers: Record<string, string> = {}): Reply => ({
  status,
  text,
  headers,
})

export const emptyReply = (status: number, headers: Record<string, string> = {}): Reply => ({
  status,
  text: null,
  headers,
})

export const errorReply = (error: ScimError): Reply =>
  jsonReply(error.status, JSON.stringify(error.toBody()), error.headers)

const scimJson = 'application/scim+json'
const plainJson = 'application/json'

/**
 * RFC 7644 §3.8: the bare type, which some clients compare to the letter. `application/json` goes to those who prefer
 * it; whoever accepts neither gets SCIM all the same, since there is nothing else to give.
 */
export function mediaTypeFor(accept: string | undefined): string {
  if (accept === undefined || !accept.includes(plainJson)) return scimJson
  return qualityOf(accept, plainJson) > qualityOf(accept, scimJson) ? plainJson : scimJson
}

/** The weight of exactly this type; a range counts for SCIM alone, which is what we prefer. */
function qualityOf(accept: string, type: string): number {
  const ranges = type === scimJson ? [type, 'application/*', '*/*'] : [type]
  const weights = accept.split(',').flatMap(part => {
    const [range = '', ...parameters] = part.split(';').map(text => text.trim().toLowerCase())
    if (!ranges.includes(range)) return []
    const weight = parameters.find(parameter => parameter.startsWith('q='))?.slice(2)
    return [{ isExact: range === type, weight: weight === undefined ? 1 : Number(weight) || 0 }]
  })
  return (weights.find(({ isExact }) => isExact) ?? weights[0])?.weight ?? 0
}
