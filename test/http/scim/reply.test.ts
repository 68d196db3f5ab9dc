import { describe, expect, it } from 'vitest'
import { errorReply, mediaTypeFor } from '../../../src/http/scim/reply.ts'
import { tooManyRequests } from '../../../src/scim/errors.ts'

describe('reply', () => {
  it('R2 is SCIM by default, and plain JSON for whoever weighs it more', () => {
    expect(mediaTypeFor(undefined)).toBe('application/scim+json')
    expect(mediaTypeFor('application/json;q=0.9, application/scim+json;q=0.9')).toBe('application/scim+json')
    expect(mediaTypeFor('application/json, application/scim+json;q=0')).toBe('application/json')
    expect(mediaTypeFor('application/json;q=0.1, application/*;q=0.5')).toBe('application/scim+json')
    expect(mediaTypeFor('APPLICATION/JSON')).toBe('application/scim+json')
    expect(mediaTypeFor('application/json;q=nonsense')).toBe('application/scim+json')
  })

  it('R5 carries the headers of a refusal', () => {
    const { status, text, headers } = errorReply(tooManyRequests('Slow down.', 7))
    expect([status, headers['Retry-After']]).toEqual([429, '7'])
    expect(JSON.parse(String(text))).toMatchObject({ status: '429', detail: 'Slow down.' })
  })
})
