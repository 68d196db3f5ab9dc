// Holds documents to the schemas of OASIS and the W3C, whose files refer to each other by their names alone.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validateXML } from 'xmllint-wasm'

const folder = join(import.meta.dirname, '../../fixtures/saml/schemas')
const files = readdirSync(folder).map(fileName => ({
  fileName,
  contents: readFileSync(join(folder, fileName), 'utf8'),
}))

/** What the schema has against the document. */
export async function violations(xml: string, schema: 'metadata' | 'protocol'): Promise<string[]> {
  const fileName = `saml-schema-${schema}-2.0.xsd`
  const { errors } = await validateXML({
    xml: { fileName: 'document.xml', contents: xml },
    schema: files.filter(file => file.fileName === fileName),
    preload: files.filter(file => file.fileName !== fileName),
  })
  return errors.map(error => error.message)
}
