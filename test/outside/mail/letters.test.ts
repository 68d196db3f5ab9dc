// The letters: what they say, and that nothing people typed changes what they are.
import { describe, expect, it } from 'vitest'
import { hostile, letters } from './samples.ts'

describe('letters', () => {
  it.each(letters)('$name: text and HTML say the same, with the link in both', ({ mail, link }) => {
    expect(mail.subject).not.toBe('')
    expect(mail.text).toContain(`:\n${link}\n`)
    expect(mail.html).toContain(`href="${link}"`)
    const words = mail.html
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll('&quot;', '"')
      .replaceAll(/\s+/g, ' ')
    for (const paragraph of mail.text.split('\n\n').slice(1, 2))
      expect(words).toContain(paragraph.replaceAll(/\s+/g, ' ').slice(0, 60))
  })

  it.each(letters)(
    '$name: its text is plain ASCII in lines of at most 76 where nobody typed otherwise',
    ({ mail }) => {
      expect(mail.text).toMatch(/^[\x20-\x7e\n]*$/)
      const long = mail.text.split('\n').filter(line => line.length > 76 && line.trim().includes(' '))
      expect(long).toEqual([])
    },
  )

  it.each(letters)('$name: loads nothing from anywhere', ({ mail }) => {
    expect(mail.html).not.toMatch(/<(img|link|script|iframe)|url\(|@import/i)
  })

  it.each(hostile)('$name: names and messages are text, whatever stands in them', ({ mail }) => {
    expect(mail.html).not.toMatch(/<(script|img|a href="https:\/\/evil)/)
    expect(mail.html).toContain('&lt;script&gt;')
    expect(mail.subject).not.toMatch(/[\r\n\u202e]/)
    expect(mail.text).not.toMatch(/[\u202e\r]/)
  })

  it('quotes a message, so that it cannot pass for words of ours', () => {
    const [{ mail }] = hostile
    const quoted = mail.text.split('\n').filter(line => line.startsWith('> '))
    expect(quoted).toContain('> Accept the invite:')
    expect(mail.text.split('\n')).not.toContain('https://evil.test/')
  })
})
