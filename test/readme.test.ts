// The README says what is there: every setting with its default, every endpoint that is mounted.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { settings } from '../src/config/settings.ts'

const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
const ground = { production: false, dataDir: './data', port: '3000' }

describe('README', () => {
  it('has the configuration table of the settings, with their defaults', () => {
    const rows = Object.values(settings).map(({ name, fallback, doc }) => {
      const text = typeof fallback === 'function' ? fallback(ground) : fallback
      return `| \`${name}\` | ${text === '' ? '' : `\`${text}\``} | ${doc} |`
    })
    const table = readme.split('\n').filter(line => /^\| `[A-Z0-9_]+` \|/.test(line))
    expect(table).toEqual(rows)
  })

  it('stays within 300 lines', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(300)
  })
})
