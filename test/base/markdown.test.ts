import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeMarkdown, parseMarkdown } from '../../src/base/markdown.ts'

const span = (text: string, marks = {}) => ({ text, isBold: false, isItalic: false, ...marks })

describe('parseMarkdown', () => {
  it('knows headings, paragraphs over several lines, and lists', () => {
    expect(parseMarkdown('# One #\r\ntext\n  goes on\n\n- a\n- b\n  c\n2. d\n### Three')).toEqual([
      { kind: 'heading', level: 1, spans: [span('One')] },
      { kind: 'paragraph', spans: [span('text goes on')] },
      { kind: 'item', marker: '•', spans: [span('a')] },
      { kind: 'item', marker: '•', spans: [span('b c')] },
      { kind: 'item', marker: '2.', spans: [span('d')] },
      { kind: 'heading', level: 3, spans: [span('Three')] },
    ])
  })

  it('knows bold and italic, and leaves marks without a partner alone', () => {
    expect(parseMarkdown('a **b *c* d** e')).toEqual([
      {
        kind: 'paragraph',
        spans: [
          span('a '),
          span('b ', { isBold: true }),
          span('c', { isBold: true, isItalic: true }),
          span(' d', { isBold: true }),
          span(' e'),
        ],
      },
    ])
    for (const text of [
      '2 * 3',
      '**alone',
      'a*',
      '*',
      '**',
      '\\',
      'a\\b',
      '<b>x</b>',
      '[a](b)',
      '`c`',
      '####### h',
    ])
      expect(parseMarkdown(text)).toEqual([{ kind: 'paragraph', spans: [span(text)] }])
  })

  it('an escaped text comes out as it went in, on one line, wherever it stands', () => {
    const shown = (markdown: string) =>
      parseMarkdown(markdown).map(({ kind, spans }) => ({
        kind,
        text: spans.map(({ text }) => text).join(''),
      }))
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('*', '#', '\\', '_', ' ', '\n', '-', '1', '.', ')', '+', 'a') }),
    )
    fc.assert(
      fc.property(text, value => {
        const expected = value.replaceAll(/\s+/g, ' ').trim()
        fc.pre(expected !== '')
        expect(shown(escapeMarkdown(value))).toEqual([{ kind: 'paragraph', text: expected }])
        expect(shown(`**x** ${escapeMarkdown(value)} **y**`)).toEqual([
          { kind: 'paragraph', text: `x ${expected} y` },
        ])
      }),
    )
  })
})
