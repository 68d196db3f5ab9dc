import { describe, expect, it } from 'vitest'
import { canonicalize } from '../../../src/saml/xml/canonical.ts'
import { allOf, type Element } from '../../../src/saml/xml/element.ts'
import { readXml } from '../../../src/saml/xml/read.ts'

function named(xml: string, local: string): Element {
  const found = allOf(readXml(xml)).find(each => each.local === local)
  if (!found) throw new Error(`no ${local}`)
  return found
}

describe('canonical: Exclusive XML Canonicalization section 2', () => {
  // The two documents of section 2.2, in which the same element has two surroundings.
  const first = `<n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"/></n1:elem2></n0:local>`
  const second = `<n2:pdu xmlns:n1="http://example.com" xmlns:n2="http://foo.example" xml:lang="fr" xml:space="retain"><n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"/></n1:elem2></n2:pdu>`

  it('gives an element one text, whatever stands around it', () => {
    const text =
      '<n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"></n3:stuff></n1:elem2>'
    expect(canonicalize(named(first, 'elem2'))).toBe(text)
    expect(canonicalize(named(second, 'elem2'))).toBe(text)
  })

  it('keeps the namespaces of a prefix list', () => {
    const xml = '<a xmlns="urn:d" xmlns:x="urn:x" xmlns:y="urn:y"><y:b><c xmlns=""/></y:b></a>'
    const b = named(xml, 'b')
    expect(canonicalize(b)).toBe('<y:b xmlns:y="urn:y"><c></c></y:b>')
    expect(canonicalize(b, { inclusive: ['x'] })).toBe('<y:b xmlns:x="urn:x" xmlns:y="urn:y"><c></c></y:b>')
    expect(canonicalize(b, { inclusive: ['#default', 'nobody'] })).toBe(
      '<y:b xmlns="urn:d" xmlns:y="urn:y"><c xmlns=""></c></y:b>',
    )
  })
})

describe('canonical: Canonical XML section 2.3', () => {
  it('orders attributes by namespace and name, and declarations by prefix', () => {
    const xml = '<a xmlns:b="urn:2" xmlns:a="urn:3" b:x="1" a:x="2" y="3" x="4" xmlns="urn:1"/>'
    expect(canonicalize(readXml(xml))).toBe(
      '<a xmlns="urn:1" xmlns:a="urn:3" xmlns:b="urn:2" x="4" y="3" b:x="1" a:x="2"></a>',
    )
  })

  it('escapes what has to be escaped, and nothing else', () => {
    const xml = `<a b='&lt;&gt;&amp;"&apos;&#9;&#10;&#13;'>&lt;&gt;&amp;&quot;'&#13;\r\n\t</a>`
    expect(canonicalize(readXml(xml))).toBe(
      `<a b="&lt;>&amp;&quot;'&#x9;&#xA;&#xD;">&lt;&gt;&amp;"'&#xD;\n\t</a>`,
    )
  })

  it('says no namespace twice, and takes back a default one', () => {
    const xml = '<a xmlns="urn:1"><b xmlns="urn:1"><c xmlns=""><d xmlns="urn:1"/></c></b></a>'
    expect(canonicalize(readXml(xml))).toBe(
      '<a xmlns="urn:1"><b><c xmlns=""><d xmlns="urn:1"></d></c></b></a>',
    )
  })

  it('leaves out the signature that is being looked at, and no other', () => {
    const root = readXml('<a><s/>x<s/></a>')
    const [, without] = allOf(root)
    expect(canonicalize(root, { without })).toBe('<a>x<s></s></a>')
  })
})
