// What an administrator should know of an identity provider's values before they are saved, the worst first.
import { html } from 'hono/html'
import type { Caution } from '../../../../manage/domains/saml-preview.ts'
import type { Markup } from '../../../look/page.ts'
import { on, type Tone, theirs } from '../../../look/words.ts'

export function cautionList(cautions: readonly Caution[]): Markup | '' {
  if (cautions.length === 0) return ''
  return html`<ul class="cautions">${cautions.map(caution => {
    const [tone, words] = wordsOf(caution)
    return html`<li class="${tone}"><strong>${leads[tone]}</strong> <span>${words}</span></li>`
  })}</ul>`
}

type CautionTone = Exclude<Tone, 'off' | 'good'>

const leads = { bad: 'This cannot work:', warn: 'Note:' } as const satisfies Record<CautionTone, string>

function wordsOf(caution: Caution): readonly [CautionTone, Markup | string] {
  switch (caution.kind) {
    case 'our_entity_id':
      return [
        'bad',
        'the entity ID is our own. Expected the identity provider’s, which it calls entity ID or issuer.',
      ]
    case 'our_acs_url':
      return [
        'bad',
        'the sign-in URL is our own. Expected the identity provider’s, which it calls SSO URL or SAML endpoint.',
      ]
    case 'all_expired':
      return [
        'warn',
        'every certificate has expired. Sign-ins still work as long as the identity provider signs with that key, but it should get a new one.',
      ]
    case 'expired':
      return [
        'warn',
        html`the certificate of ${theirs(caution.certificate.subject, 120)} expired on ${on(caution.certificate.not_after)}; the others still count.`,
      ]
    case 'expires_soon':
      return [
        'warn',
        html`the certificate of ${theirs(caution.certificate.subject, 120)} expires on ${on(caution.certificate.not_after)}. Add the next one before then.`,
      ]
    case 'not_yet_valid':
      return [
        'warn',
        html`the certificate of ${theirs(caution.certificate.subject, 120)} is valid only from ${on(caution.certificate.not_before)}.`,
      ]
    case 'sha1':
      return [
        'warn',
        html`a certificate is itself signed with SHA-1 (<code>${caution.fingerprint.slice(0, 23)}…</code>). That is old; responses signed with SHA-1 are refused.`,
      ]
    default:
      return ['warn', ofChange[caution.kind]]
  }
}

const ofChange = {
  other_entity_id:
    'the entity ID is a different one: this is another identity provider, or another application in it. People are recognised by their addresses again.',
  other_certificates:
    'none of the certificates was there before, so the last test no longer counts; test again.',
  enforced: 'SAML is enforced, and these values have not been tested.',
  url_ends:
    'the metadata will no longer be fetched from its URL every day; you will have to paste new certificates.',
  nothing_changes: 'all of this is saved already.',
} as const
