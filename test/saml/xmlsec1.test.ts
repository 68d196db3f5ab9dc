import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { judgeResponse } from '../../src/saml/verdict.ts'
import { connection, encode, now } from './provider.ts'

const folder = join(import.meta.dirname, '../../fixtures/saml/xmlsec1')
const read = (name: string) => readFileSync(join(folder, name), 'utf8')
const certificates = read('rsa.pem') + read('ec.pem')

const judge = (xml: string) =>
  judgeResponse({ response: encode(xml), connection: { ...connection, certificates }, now })

describe('responses signed by xmlsec1', () => {
  it.each(['okta', 'prefixes-from-outside', 'default-namespaces', 'response-sha512', 'ecdsa', 'odd-text'])(
    '%s verifies, and no longer when a letter changes',
    name => {
      const xml = read(`${name}.xml`)
      const verdict = judge(xml)
      expect(verdict).toMatchObject({ outcome: 'accepted', nameId: { value: 'ada@acme.test' } })
      expect(judge(xml.replace('ada@acme.test', 'adb@acme.test'))).toMatchObject({
        refusal: { code: 'saml_bad_signature' },
      })
    },
  )
})
