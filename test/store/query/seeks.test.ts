import { describe, expect, it } from 'vitest'
import { parseFilter } from '../../../src/scim/filter/parse.ts'
import { Leniency } from '../../../src/scim/quirks.ts'
import { userType } from '../../../src/scim/resource-types.ts'
import { userTable } from '../../../src/store/query/resource-tables.ts'
import { isSeek } from '../../../src/store/query/seeks.ts'

const seeks = (text: string) => isSeek(parseFilter(userType, text, new Leniency(), 'absent'), userTable)

describe('isSeek', () => {
  it('R54 holds where an index leads to all that is found', () => {
    for (const text of [
      'userName eq "a"',
      'userName eq "a" and title co "b"',
      'userName eq "a" or externalId eq "b"',
      'emails.value eq "a"',
      'emails[type eq "work" and value eq "a"]',
      'groups.value eq "a"',
      'shoeSize eq 42',
    ])
      expect([text, seeks(text)]).toEqual([text, true])
  })

  it('does not hold where every row has to be looked at', () => {
    for (const text of [
      'userName ne "a"',
      'userName sw "a"',
      'userName pr',
      'title eq "a"',
      'active eq true',
      'not (userName eq "a")',
      'userName eq "a" or title eq "b"',
      'emails.type eq "work"',
      'meta.created gt "2026-01-01T00:00:00Z"',
      'shoeSize ne 42',
    ])
      expect([text, seeks(text)]).toEqual([text, false])
  })
})
