import { describe, expect, it } from 'vitest'
import { storableText } from '../../src/base/storable.ts'

describe('storableText', () => {
  it('replaces what PostgreSQL takes in no text, and nothing else', () => {
    expect(storableText('a\0b\ud800c')).toBe('a\ufffdb\ufffdc')
    expect(storableText('äöü 🙂\n\u0001')).toBe('äöü 🙂\n\u0001')
  })
})
