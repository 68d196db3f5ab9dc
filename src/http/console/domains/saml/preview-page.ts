// What an identity provider gives, read and compared with what is saved, before it is.
import { html } from 'hono/html'
import type { Refusal } from '../../../../base/refusal.ts'
import type { SamlPreview, SamlSide } from '../../../../manage/domains/saml-preview.ts'
import type { Markup } from '../../../look/page.ts'
import { state, theirs } from '../../../look/words.ts'
import { confirmField } from '../../confirmation.ts'
import { refusalNotice } from '../../notice.ts'
import { openForm, pathOf } from '../stage.ts'
import type { StepPage, Workplace } from '../stepper.ts'
import { cautionList } from './cautions.ts'
import { type Certificate, certificateTable } from './certificates.ts'
import { samlLabels } from './source-forms.ts'

export function previewPage(place: Workplace, looked: SamlPreview, refusal?: Refusal): StepPage {
  const { domain, before, after, cautions, url } = looked
  return {
    title: 'Look before you save',
    domain: { id: domain.id, name: domain.domain },
    body: html`${refusal ? refusalNotice(refusal, samlLabels) : ''}
<section><h2>What was read${url === null ? '' : html` <span class="soft small">from <code>${theirs(url, 512)}</code></span>`}</h2>
${cautionList(cautions)}
${compare(before, after)}
${certificateTable(allCertificates(before, after), certificate => fate(certificate, before, after))}</section>
<section><h2>Save it</h2>
${openForm(
  place,
  { path: '/saml', part: 'saml' },
  html`${carried(looked)}
${domain.sso_enforcement === 'saml' ? enforcedNote(place, domain.domain) : html`<p>From then on people sign in with these settings${before.entityId ? ' instead of those before' : ''}.</p>`}
<button class="main">Save</button> <a class="button" href="${pathOf(place, '', 'saml')}">Back without saving</a>`,
)}</section>`,
  }
}

const enforcedNote = (place: Workplace, name: string): Markup =>
  html`<p><strong>SAML is enforced for ${name}: its people have no other way in.</strong> If these values are wrong, none of them can sign in until they are put right.</p>
${confirmField(place, name)}`

const bindings = { redirect: 'by redirect', post: 'by a posted form' } as const

function compare(before: SamlSide, after: SamlSide): Markup {
  const isNew = before.entityId === null
  const signing = ({ signsRequests }: SamlSide) => (signsRequests ? 'yes' : 'no')
  const rows: readonly (readonly [label: string, old: string | null, now: string, show: Show])[] = [
    [samlLabels.saml_entity_id, before.entityId, after.entityId ?? '', inCode],
    [samlLabels.saml_acs_url, before.ssoUrl, after.ssoUrl ?? '', inCode],
    ['Requests go', isNew ? null : bindings[before.binding], bindings[after.binding], plainly],
    ['Signed requests', isNew ? null : signing(before), signing(after), plainly],
  ]
  return html`<dl>${rows.map(([label, old, now, show]) => html`<dt>${label}</dt><dd>${show(now)}${beside(old, now, show)}</dd>`)}</dl>`
}

type Show = (value: string) => Markup
const inCode: Show = value => html`<code>${theirs(value, 512)}</code>`
const plainly: Show = value => html`${value}`

function beside(old: string | null, now: string, show: Show): Markup | '' {
  if (!old) return ''
  if (old === now) return html` <span class="soft small">as before</span>`
  return html` <span class="warn small">instead of ${show(old)}</span>`
}

const keyOf = ({ fingerprint_sha256 }: Certificate) => fingerprint_sha256
const isIn = ({ certificates }: SamlSide, certificate: Certificate) =>
  certificates.some(each => keyOf(each) === keyOf(certificate))

const allCertificates = (before: SamlSide, after: SamlSide): Certificate[] => [
  ...after.certificates,
  ...before.certificates.filter(certificate => !isIn(after, certificate)),
]

function fate(certificate: Certificate, before: SamlSide, after: SamlSide): Markup {
  if (!isIn(after, certificate)) return state('warn', 'goes')
  return isIn(before, certificate) ? state('off', 'stays') : state('good', 'is new')
}

/** Metadata by URL is fetched again when it is saved; anything else has been read already. */
function carried({ url, seen, after }: SamlPreview): Markup {
  const hidden = (name: string, value: string) => html`<input type="hidden" name="${name}" value="${value}">`
  if (url !== null) return html`${hidden('url', url)}${hidden('seen', seen)}`
  return html`${hidden('entity_id', after.entityId ?? '')}${hidden('sso_url', after.ssoUrl ?? '')}
${hidden('certificate', after.pem ?? '')}${hidden('binding', after.binding)}${hidden('sign', String(after.signsRequests))}${hidden('seen', seen)}`
}
