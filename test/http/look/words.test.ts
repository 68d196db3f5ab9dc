// Strangers' text made harmless: what cannot be seen is spelled out, what only looks odd is left alone, and nothing is endless.
import { html } from 'hono/html'
import { describe, expect, it } from 'vitest'
import { beginningWithin, readable, theirs } from '../../../src/http/look/words.ts'

describe('words', () => {
  it('characters that are not seen, or that turn the text around, are shown by their numbers', () => {
    expect(readable('a\u202eb\u2066c\u200bd\ufeff')).toBe('a\\u{202E}b\\u{2066}c\\u{200B}d\\u{FEFF}')
    expect(readable('\u0000\u001b[31m\r\u2028\ud83d')).toBe(
      '\\u{0000}\\u{001B}[31m\\u{000D}\\u{2028}\\u{D83D}',
    )
    expect(readable('\u3164\u115f\u034f\u{e0041}')).toBe('\\u{3164}\\u{115F}\\u{034F}\\u{E0041}')
    expect(readable('a\tb\nc')).toBe('a\tb\nc')
  })

  it('a joiner or a variation that would make two names look alike is shown', () => {
    expect(readable('ad\u200da')).toBe('ad\\u{200D}a')
    expect(readable('ad\u200ca')).toBe('ad\\u{200C}a')
    expect(readable('ad\ufe0fa 1\ufe0f2')).toBe('ad\\u{FE0F}a 1\\u{FE0F}2')
  })

  it('languages and emoji that are written with joiners are left as they are', () => {
    const texts = [
      'ශ්\u200dරී',
      'می\u200cخواهم',
      'עִבְרִית',
      'naïve 漢字',
      '👩\u200d👩\u200d👧',
      '👩🏽\u200d💻',
      '❤\ufe0f',
      '1\ufe0f\u20e3',
    ]
    for (const text of texts) expect(readable(text)).toBe(text)
  })

  it('marks that pile up over other lines are shown one by one after the fourth', () => {
    expect(readable(`Z${'\u0301'.repeat(6)}`)).toBe(`Z${'\u0301'.repeat(4)}\\u{0301}\\u{0301}`)
  })

  it('a text is cut by what is shown of it', () => {
    expect(String(theirs('x'.repeat(300)))).toBe(`<bdi>${'x'.repeat(240)}…</bdi>`)
    expect(String(theirs('\u202e'.repeat(300), 16))).toBe('<bdi>\\u{202E}\\u{202E}…</bdi>')
    expect(String(theirs('<b>"\''))).toBe('<bdi>&lt;b&gt;&quot;&#39;</bdi>')
  })

  it('the beginning of a long text takes so many bytes of a page and no more', () => {
    for (const text of ['x', '"', '<', "'", 'é', '\u202e', '👩🏽\u200d💻', '\ud83d', '\u0301'].map(each =>
      each.repeat(500),
    )) {
      const beginning = beginningWithin(text, 300)
      const bytes = Buffer.byteLength(`${html`${readable(beginning)}`}`)
      expect([text.startsWith(beginning), bytes <= 300, bytes > 180]).toEqual([true, true, true])
    }
    expect(beginningWithin('short', 300)).toBe('short')
  })
})
