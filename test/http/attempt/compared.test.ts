// What was expected beside what came: marked where they part, and only where that helps.
import { describe, expect, it } from 'vitest'
import { marked } from '../../../src/http/attempt/compared.ts'

const both = (expected: string, got: string) => marked(expected, got).map(String)
const inside = (text: string) => `<bdi>${text}</bdi>`

describe('marked', () => {
  it('marks the first difference of long addresses, and where they are alike again', () => {
    expect(both('https://a.test/saml/1/acs', 'https://a.test/saml/2/acs')).toEqual([
      inside('https://a.test/saml/<mark>1</mark>/acs'),
      inside('https://a.test/saml/<mark>2</mark>/acs'),
    ])
  })

  it('marks what one of them has too much, blanks included', () => {
    expect(both('https://a.test/x', 'https://a.test/x/')).toEqual([
      inside('https://a.test/x'),
      inside('https://a.test/x<mark>/</mark>'),
    ])
    expect(both('https://a.test/x', 'https://a.test/x ')[1]).toBe(inside('https://a.test/x<mark>␣</mark>'))
  })

  it('marks nothing in texts that have nothing in common', () => {
    expect(both('a signature', 'none')).toEqual([inside('a signature'), inside('none')])
    expect(both('https://a.test', 'https://b.test')[1]).toBe(inside('https://b.test'))
  })

  it('shows both as text', () => {
    expect(both('https://a.test/<b>', 'https://a.test/<i>\u202e')[1]).toBe(
      inside('https://a.test/&lt;<mark>i&gt;\\u{202E}</mark>'),
    )
  })
})
