// The certificate that a response was signed with, beside those that the domain trusts.
import { html } from 'hono/html'
import type { CertificateObject, UsedCertificate } from '../../../manage/sign-ins/certificates.ts'
import type { SignInEntry } from '../../../manage/sign-ins/entry.ts'
import type { Markup } from '../../look/page.ts'
import { state, theirs } from '../../look/words.ts'

export function certificates({ certificate: used, domain }: SignInEntry): Markup {
  const configured = domain.saml_certificates
  return html`${used ? usedOne(used) : html`<p class="soft">No certificate was reached: the response was refused before, or it shows none.</p>`}
<h3>Trusted for ${domain.domain}</h3>
${configured.length === 0 ? html`<p class="soft">None is set.</p>` : html`<ul>${configured.map(each => html`<li>${described(each)}${each.fingerprint_sha256 === used?.fingerprint ? html` ${state('good', 'this one')}` : ''}</li>`)}</ul>`}`
}

const usedOne = ({ fingerprint, certificate, isConfigured }: UsedCertificate): Markup =>
  html`<p>${isConfigured ? state('good', 'one of those trusted') : state('bad', 'none of those trusted today')}</p>
${isConfigured ? '' : html`<p>${certificate ? described(certificate) : html`<code>${fingerprint}</code>`}</p>`}`

const described = ({ subject, fingerprint_sha256, not_after, expires_in_days }: CertificateObject): Markup =>
  html`${theirs(subject, 160)} <span class="soft small">until ${not_after.slice(0, 10)}${expires_in_days < 0 ? ', expired' : ''}</span><br><code class="small">${fingerprint_sha256}</code>`
