// The README says what is there: every setting with its default, every endpoint that is mounted.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { settings } from '../src/config/settings.ts'
import { createApiApp } from '../src/http/api/app.ts'
import { testContext } from './context.ts'

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

  it('lists every endpoint of the Organizations API that is mounted', () => {
    // The routes are mounted without a look at the database.
    const { routes } = createApiApp(testContext(undefined as never))
    const mounted = routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
    const listed = [...readme.matchAll(/^\| ([A-Z, ]+) \| `(\/api\/[^`]*)` \|/gm)].flatMap(
      ([, methods = '', path]) => methods.split(', ').map(method => `${method} ${path}`),
    )
    expect(listed.sort()).toEqual([...new Set(mounted)].sort())
  })

  it('stays within 300 lines', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(300)
  })
})
