// Documents taken apart to be looked at: honest ones as a tree, others as they are, and neither slowly.
import { describe, expect, it } from 'vitest'
import { xmlDocument } from '../../../src/http/attempt/document.ts'
import { outlineXml, type XmlNode } from '../../../src/http/attempt/xml.ts'

const shown = (nodes: readonly XmlNode[]): string =>
  nodes
    .map(node =>
      node.kind === 'element'
        ? `${node.tag}[${shown(node.children)}]${node.end}`
        : `${node.kind}:${node.text}`,
    )
    .join(' ')
const mostBytes = 12_000
const outline = (xml: string) => shown(outlineXml(xml, mostBytes).nodes)

describe('outlineXml', () => {
  it('puts elements into each other, without the white space between them', () => {
    expect(outline('<?xml version="1.0"?>\n<a x="1>2">\n  <b>text</b>\n  <c/>\n</a>')).toBe(
      '<a x="1>2">[<b>[text:text]</b> <c/>[]]</a>',
    )
  })

  it('points out what an honest response has none of', () => {
    expect(outline('<a>ada<!-- > -->.evil</a>')).toBe('<a>[text:ada odd:<!-- > --> text:.evil]</a>')
    expect(outline('<!DOCTYPE a><a><![CDATA[<b>]]></a>')).toBe(
      'odd:<!DOCTYPE a> <a>[odd:<![CDATA[<b>]]>]</a>',
    )
    expect(outline('<a></b></a></a>')).toBe('<a>[odd:</b>]</a> odd:</a>')
  })

  it('shows what is cut off as far as it goes', () => {
    expect(outline('<a><b>text')).toBe('<a>[<b>[text:text]</b>]</a>')
    expect(outline('<a x="')).toBe('odd:<a x="')
    expect(outline('')).toBe('')
    expect(outline('no markup')).toBe('text:no markup')
  })

  it('says how much of a long document is left out', () => {
    const xml = `<a>${'<b/>'.repeat(1000)}</a>`
    const { nodes, rest } = outlineXml(xml, mostBytes)
    expect(shown(nodes).split('<b/>').length).toBeLessThan(300)
    expect(rest).toBeGreaterThan(2000)
    expect(outline(`<a>${'"'.repeat(1000)}</a>`)).toContain(`${'"'.repeat(300)}… (700 more characters)`)
    for (const part of ['<a b=\'""\'/>', '<a>"&\'</a>', '<\u202e>', `<${'x'.repeat(150)}>`])
      expect(
        Buffer.byteLength(`${xmlDocument(part.repeat(20_000), { label: 'It', mostBytes })}`),
      ).toBeLessThan(mostBytes + 3000)
  })

  it.each([
    ['unclosed tags', '<a>'.repeat(80_000)],
    ['brackets alone', '<'.repeat(250_000)],
    ['quotes', `<a ${`"<a '`.repeat(50_000)}`],
    ['half comments', '<!--'.repeat(60_000)],
    ['ends alone', '</a>'.repeat(60_000)],
  ])('takes no longer for %s', (_, xml) => {
    const started = performance.now()
    outlineXml(xml, mostBytes)
    expect(performance.now() - started).toBeLessThan(100)
  })
})
