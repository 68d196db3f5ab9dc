import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runsOf } from '../../../src/outside/pdf/fonts.ts'

const shown = (text: string, weight: 'regular' | 'bold' = 'regular') =>
  runsOf(text, weight).map(run => [run.text, basename(run.font).replace(/-Regular|\.[a-z]+$/g, '')])

describe('runsOf', () => {
  it('takes the first font that has a letter, and joins neighbours of one font', () => {
    expect(shown('Ada Юлія Ελένη שרה محمد')).toEqual([['Ada Юлія Ελένη שרה محمد', 'DejaVuSans']])
    expect(shown('Ada 北京 and 髙﨑')).toEqual([
      ['Ada ', 'DejaVuSans'],
      ['北京', 'NotoSansHans'],
      [' and ', 'DejaVuSans'],
      ['髙', 'NotoSansHans'],
      ['﨑', 'NotoSansJP'],
    ])
    expect(shown('김민준', 'bold')).toEqual([['김민준', 'NotoSansKR-Bold']])
  })

  it('letters and their accents become one where Unicode has one', () => {
    expect(shown('e\u0301')).toEqual([['é', 'DejaVuSans']])
  })

  it('writes the code point of what no font has, so that nothing is lost', () => {
    expect(shown('ก𐎠')).toEqual([['[U+0E01][U+103A0]', 'DejaVuSans']])
  })
})
