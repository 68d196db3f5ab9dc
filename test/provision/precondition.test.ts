import { describe, expect, it } from 'vitest'
import { matchesTag } from '../../src/provision/precondition.ts'

describe('precondition (RFC 7644 §3.14)', () => {
  it('R82 compares weakly, takes lists and *', () => {
    for (const header of ['*', ' * ', 'W/"3"', '"3"', '3', '"1", W/"3"', 'W/"2",W/"3"']) {
      expect([header, matchesTag(header, 3)]).toEqual([header, true])
    }
    for (const header of ['', 'W/"2"', '"33"', 'W/', '"*"', '"1", "2"']) {
      expect([header, matchesTag(header, 3)]).toEqual([header, false])
    }
  })
})
