import { describe, expect, it } from 'vitest'
import { matchesTag, requireMatch } from '../../src/provision/precondition.ts'

describe('precondition (RFC 7644 §3.14)', () => {
  it('R82 compares weakly, takes lists and *', () => {
    for (const header of ['*', ' * ', 'W/"3"', '"3"', '3', '"1", W/"3"', 'W/"2",W/"3"']) {
      expect([header, matchesTag(header, 3)]).toEqual([header, true])
    }
    for (const header of ['', 'W/"2"', '"33"', 'W/', '"*"', '"1", "2"']) {
      expect([header, matchesTag(header, 3)]).toEqual([header, false])
    }
  })

  it('R82 refuses another version with 412, and none with 428 where one is required', () => {
    const refusal = (status: number) =>
      expect.objectContaining({ status, message: expect.stringContaining('W/"3"') })
    expect(() => requireMatch('W/"2"', 3)).toThrow(refusal(412))
    expect(() => requireMatch('W/"2"', 3, true)).toThrow(refusal(412))
    expect(() => requireMatch(undefined, 3, true)).toThrow(refusal(428))
    expect(() => requireMatch(undefined, 3)).not.toThrow()
    expect(() => requireMatch('*', 3, true)).not.toThrow()
  })
})
