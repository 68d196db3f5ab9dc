import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseMarkdown } from '../../src/base/markdown.ts'
import { documentTitles, fillAgreement } from '../../src/domain/agreement.ts'

const parties = {
  provider_name: 'Gatehouse',
  company_name: 'A* {{date}} \n# Evil',
  company_address: '1. Lane',
  representative_email: 'a_b@c.test',
  date: '2026-11-25',
}
const textOf = (markdown: string) =>
  parseMarkdown(markdown)
    .map(({ spans }) => spans.map(({ text }) => text).join(''))
    .join('\n')

describe('fillAgreement', () => {
  it('puts the parties in as they are: nothing in them is markup or a place of its own', () => {
    const filled = fillAgreement('{{company_name}} and {{ provider_name }} on {{date}}: {{unknown}}', parties)
    expect(textOf(filled)).toBe('A* {{date}} # Evil and Gatehouse on 2026-11-25: {{unknown}}')
    expect(parseMarkdown(fillAgreement('{{company_address}}', parties))).toMatchObject([
      { kind: 'paragraph' },
    ])
  })

  it.each(Object.entries(documentTitles))(
    'the %s that comes along names both parties and has its title',
    (type, title) => {
      const template = readFileSync(
        join(import.meta.dirname, '../../src/outside/agreements', `${type}.md`),
        'utf8',
      )
      const text = textOf(fillAgreement(template, parties))
      expect(text.split('\n')[0]).toBe(title)
      for (const value of ['Gatehouse', '1. Lane', 'a_b@c.test', '2026-11-25']) expect(text).toContain(value)
      expect(text.replaceAll('{{date}}', '')).not.toContain('{{')
    },
  )
})
