// The kept documents: one for each refusal of this room, in one thing different from the good one.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readEmail, requireOwnedDomain } from '../../src/saml/assertion/email.ts'
import { type RefusalCode, SamlRefusal } from '../../src/saml/refusal.ts'
import { judgeResponse } from '../../src/saml/verdict.ts'

const root = join(import.meta.dirname, '../..')
const directory = join(root, 'fixtures/saml-bad')

const fixture = z.strictObject({
  description: z.string().min(1),
  now: z.iso.datetime().transform(text => new Date(text)),
  ownedDomains: z.array(z.string()),
  connection: z.strictObject({
    spEntityId: z.string(),
    acsUrl: z.string(),
    idpEntityId: z.string(),
    certificates: z.string(),
    decryptionKeys: z.array(z.never()),
    clockSkewSeconds: z.number(),
    allowSha1: z.boolean(),
    allowCbc: z.boolean(),
  }),
  response: z.base64(),
})
type Fixture = z.infer<typeof fixture>

const read = (name: string) =>
  fixture.parse(JSON.parse(readFileSync(join(directory, `${name}.json`), 'utf8')))
const names = readdirSync(directory).map(file => file.replace(/\.json$/, ''))
const bad = names.filter(name => name !== 'good')
const good = read('good')

/** What only the rooms above can know: the settings of a domain, requests, sessions and users. */
const knownAbove: readonly RefusalCode[] = [
  'saml_not_configured',
  'saml_domain_unverified',
  'saml_replayed',
  'saml_unsolicited_disabled',
  'saml_request_unknown',
  'saml_browser_mismatch',
  'saml_jit_disabled',
  'saml_user_deactivated',
]
const declared = readFileSync(join(root, 'src/saml/refusal.ts'), 'utf8').matchAll(/\| '(saml_\w+)'/g)
const allCodes = [...declared].map(([, code]) => code)

/** The e-mail address, or the code of the refusal. */
function replay({ response, connection, now, ownedDomains }: Fixture): string {
  const verdict = judgeResponse({ response, connection, now })
  if (verdict.outcome === 'refused') return verdict.refusal.code
  try {
    const email = readEmail({ ...verdict.assertion, names: {} })
    requireOwnedDomain(email, ownedDomains)
    return email
  } catch (error) {
    if (error instanceof SamlRefusal) return error.code
    throw error
  }
}

/** The document and each setting by itself, so that they can be compared one by one. */
const inParts = ({ connection, description: _, ...rest }: Fixture) =>
  new Map(Object.entries({ ...rest, ...connection }).map(([name, value]) => [name, JSON.stringify(value)]))

describe('fixtures/saml-bad', () => {
  it('has a response that signs somebody in', () => {
    expect(replay(good)).toBe('ada@acme.test')
  })

  it('has a file for every code that this room refuses with, and no other', () => {
    const expected = allCodes.filter(code => !knownAbove.some(above => above === code))
    expect([...bad].sort()).toEqual(expected.sort())
    expect(allCodes).toEqual(expect.arrayContaining([...knownAbove]))
  })

  it.each(bad)('%s is what the document is refused with', name => {
    expect(replay(read(name))).toBe(name)
  })

  it.each(bad)('%s: the document or one setting differs from the good one', name => {
    const goodParts = inParts(good)
    const differing = [...inParts(read(name))].filter(([part, value]) => goodParts.get(part) !== value)
    expect(differing).toHaveLength(1)
  })

  it('keeps no private key', () => {
    for (const name of names) {
      expect(readFileSync(join(directory, `${name}.json`), 'utf8')).not.toContain('PRIVATE KEY')
    }
  })
})
