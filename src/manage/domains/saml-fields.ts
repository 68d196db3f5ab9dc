// Reading what an administrator pastes for SAML: the sign-on URL, certificates, metadata as XML or by its address.
import { isLoopback } from '../../base/net-address.ts'
import { invalid } from '../../base/refusal.ts'
import { digestOf } from '../../base/secret.ts'
import type { Context } from '../../context.ts'
import { type Domain, hasSaml, isVerified } from '../../domain/domain.ts'
import type { SamlSource } from '../../domain/settings.ts'
import { CertificateError, readCertificates, toPem } from '../../saml/certificate.ts'
import { MetadataError, readIdpMetadata } from '../../saml/metadata.ts'

const longestUrl = 512
const longestEntityId = 512
/** What the URL parser would silently take out or turn round, and what would not survive in a header. */
const isPlain = (text: string) => /^https?:\/\/[^\s\p{Cc}\\]+$/iu.test(text)

/** Where the identity provider takes sign-in requests. */
export function readSsoUrl(text: string, field = 'saml_acs_url'): string {
  const url = isPlain(text) ? URL.parse(text) : null
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(hostOf(url)))
  if (url && isSafe && url.username === '' && url.password === '' && text.length <= longestUrl) return text
  throw invalid(
    'invalid_input',
    `Expected an https URL of at most ${longestUrl} characters without blanks or credentials, got "${text.slice(0, 100)}".`,
    field,
  )
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1')

/** What an identity provider gives, and where it is kept. */
const givenOf = ({
  samlEntityId,
  samlSsoUrl,
  samlSsoBinding,
  samlSignRequests,
  samlCertificates,
  samlMetadataUrl,
}: Domain) =>
  JSON.stringify([
    samlEntityId,
    samlSsoUrl,
    samlSsoBinding,
    samlSignRequests,
    samlCertificates,
    samlMetadataUrl,
  ])

export const hasSameSaml = (one: Domain, other: Domain): boolean => givenOf(one) === givenOf(other)

/** Names one change of the SAML settings, from exactly these to exactly those. */
export const samlChange = (before: Domain, after: Domain): string =>
  digestOf(givenOf(before) + givenOf(after))

/** Before anybody is sent to the identity provider. */
export function requireSamlSetUp(domain: Domain): void {
  if (!isVerified(domain)) {
    throw invalid('verification_required', `${domain.name} must be verified before anybody can sign in.`)
  }
  if (hasSaml(domain)) return
  throw invalid(
    'saml_not_configured',
    'A sign-in needs saml_entity_id, saml_acs_url and saml_x509_cert; not all of them are set.',
  )
}

/** Certificates of any shape as PEM blocks. */
export function readCertificateField(text: string): string {
  try {
    return toPem(readCertificates(text))
  } catch (error) {
    if (error instanceof CertificateError) throw invalid('invalid_input', error.message, 'saml_x509_cert')
    throw error
  }
}

/** The identity provider's metadata: XML as it is, or fetched when the text is an https URL. */
export async function readSamlSource(ctx: Context, text: string): Promise<SamlSource> {
  const trimmed = text.trim()
  if (trimmed.startsWith('<')) return sourceOf(trimmed, null)
  const url = readSsoUrl(trimmed, 'saml_metadata')
  const answer = await ctx.guardedFetch(url)
  if (answer.outcome === 'ok') return sourceOf(answer.text, url)
  throw invalid('invalid_input', `The metadata could not be fetched: ${answer.detail}`, 'saml_metadata')
}

function sourceOf(xml: string, url: string | null): SamlSource {
  try {
    const { ssoUrl, binding, ...read } = readIdpMetadata(xml)
    if (read.entityId.length > longestEntityId)
      throw new MetadataError(
        `Expected an entityID of at most ${longestEntityId} characters, got ${read.entityId.length}.`,
      )
    return {
      ...read,
      ssoUrl: readSsoUrl(ssoUrl, 'saml_metadata'),
      binding: binding === 'HTTP-POST' ? 'post' : 'redirect',
      url,
    }
  } catch (error) {
    if (error instanceof MetadataError || error instanceof CertificateError)
      throw invalid('invalid_input', error.message, 'saml_metadata')
    throw error
  }
}
