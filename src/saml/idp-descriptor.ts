// The identity provider's part of a SAML metadata document, read strictly (SAML metadata 2.4.3).
import { SaxesParser, type SaxesTagNS } from 'saxes'

/** `message` is a sentence for the administrator who gave the document. */
export class MetadataError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'MetadataError'
  }
}

export interface IdpDescriptor {
  entityId: string
  wantsSignedRequests: boolean
  services: { binding: string; location: string }[]
  /** Base64 as it stands there, white space included; keys that are for encryption alone are left out. */
  certificates: string[]
}

const maxBytes = 256 * 1024
const maxDepth = 40
const saml2 = 'urn:oasis:names:tc:SAML:2.0:protocol'
const prefixes = new Map([
  ['urn:oasis:names:tc:SAML:2.0:metadata', 'md:'],
  ['http://www.w3.org/2000/09/xmldsig#', 'ds:'],
])

const entityPath = 'md:EntityDescriptor'
const idpPath = `${entityPath}/md:IDPSSODescriptor`
const servicePath = `${idpPath}/md:SingleSignOnService`
const keyPath = `${idpPath}/md:KeyDescriptor`
const certificatePath = `${keyPath}/ds:KeyInfo/ds:X509Data/ds:X509Certificate`

/** Takes one EntityDescriptor, or an EntitiesDescriptor in which one entity is an identity provider. */
export function readIdpDescriptor(xml: string): IdpDescriptor {
  const size = Buffer.byteLength(xml)
  if (size > maxBytes) throw new MetadataError(`Expected at most ${maxBytes} bytes of metadata, got ${size}.`)
  const found = findIdps(xml)
  const [idp] = found
  if (idp === undefined) {
    throw new MetadataError(
      'Expected the metadata of a SAML 2.0 identity provider (an IDPSSODescriptor), got none in this document.',
    )
  }
  if (found.length > 1) {
    const names = found.map(each => each.entityId).join(', ')
    throw new MetadataError(`Expected one identity provider, got ${found.length}: ${names}.`)
  }
  if (idp.entityId === '') throw new MetadataError('Expected an entityID on EntityDescriptor, got none.')
  return idp
}

/** Where the one pass over the document has got to, and what it has found. */
interface Reading {
  readonly path: string[]
  readonly found: IdpDescriptor[]
  entityId: string
  /** The descriptor we are inside of. */
  idp: IdpDescriptor | undefined
  isSigningKey: boolean
  text: string
}

function findIdps(xml: string): IdpDescriptor[] {
  const reading: Reading = {
    path: [],
    found: [],
    entityId: '',
    idp: undefined,
    isSigningKey: false,
    text: '',
  }
  const parser = new SaxesParser({ xmlns: true })
  parser.on('opentag', tag => enter(reading, tag))
  parser.on('text', part => {
    reading.text += part
  })
  parser.on('closetag', () => leave(reading))
  refuseWhatMetadataNeverHas(parser)
  parser.write(xml).close()
  return reading.found
}

function enter(reading: Reading, tag: SaxesTagNS): void {
  reading.path.push((prefixes.get(tag.uri) ?? `{${tag.uri}}`) + tag.local)
  if (reading.path.length > maxDepth)
    throw new MetadataError(`Expected at most ${maxDepth} levels, got more.`)
  reading.text = ''
  const place = placeOf(reading)
  if (place === entityPath) reading.entityId = textOf(tag, 'entityID')
  if (place === idpPath && textOf(tag, 'protocolSupportEnumeration').split(/\s+/).includes(saml2)) {
    const wantsSignedRequests = ['true', '1'].includes(textOf(tag, 'WantAuthnRequestsSigned'))
    reading.idp = { entityId: reading.entityId, wantsSignedRequests, services: [], certificates: [] }
    reading.found.push(reading.idp)
  }
  if (place === servicePath) {
    reading.idp?.services.push({ binding: textOf(tag, 'Binding'), location: textOf(tag, 'Location') })
  }
  if (place === keyPath) reading.isSigningKey = textOf(tag, 'use') !== 'encryption'
}

function leave(reading: Reading): void {
  const place = placeOf(reading)
  if (place === certificatePath && reading.isSigningKey) reading.idp?.certificates.push(reading.text)
  if (place === idpPath) reading.idp = undefined
  reading.path.pop()
}

/** The path from the entity down, however deep a federation has nested it. */
const placeOf = ({ path }: Reading) => path.filter(step => step !== 'md:EntitiesDescriptor').join('/')

function refuseWhatMetadataNeverHas(parser: SaxesParser<{ xmlns: true }>): void {
  const refuse = (what: string) => () => {
    throw new MetadataError(`Expected metadata without ${what}, got one.`)
  }
  parser.on('doctype', refuse('a document type declaration'))
  parser.on('processinginstruction', refuse('a processing instruction'))
  parser.on('cdata', refuse('a CDATA section'))
  parser.on('error', error => {
    throw new MetadataError(`Expected well-formed XML, got an error at line:column ${error.message}`)
  })
}

const textOf = (tag: SaxesTagNS, attribute: string): string => tag.attributes[attribute]?.value.trim() ?? ''
