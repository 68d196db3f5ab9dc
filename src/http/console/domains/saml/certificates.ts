// The certificates of an identity provider: whose, until when, and by which fingerprint they are known over there.
import { html } from 'hono/html'
import type { DomainObject } from '../../../../manage/domains/view.ts'
import type { Markup } from '../../../look/page.ts'
import { on, state, theirs } from '../../../look/words.ts'

export type Certificate = DomainObject['saml_certificates'][number]

const soonDays = 30

export function daysLeft({ expires_in_days: days }: Pick<Certificate, 'expires_in_days'>): Markup {
  if (days < 0) return state('bad', days === -1 ? 'expired yesterday' : `expired ${-days} days ago`)
  return state(days < soonDays ? 'warn' : 'good', days === 1 ? '1 day left' : `${days} days left`)
}

const mostShown = 10

/** `remark`: what else is to be said of one. */
export const certificateTable = (
  certificates: readonly Certificate[],
  remark?: (certificate: Certificate) => Markup | '',
): Markup => html`<table class="cards">
<thead><tr><th scope="col">Certificate of</th><th scope="col">Key</th><th scope="col">Good until</th><th scope="col">SHA-256 fingerprint</th>${remark ? html`<th scope="col">With this</th>` : ''}</tr></thead>
<tbody>${certificates.slice(0, mostShown).map(
  each => html`<tr><th scope="row" class="full">${theirs(each.subject, 120)}</th><td class="tight">${each.key_type}</td>
<td class="tight">${daysLeft(each)}<br><span class="soft small">${on(each.not_after)}</span></td>
<td class="full"><code class="small">${each.fingerprint_sha256}</code></td>${remark ? html`<td class="tight">${remark(each)}</td>` : ''}</tr>`,
)}</tbody></table>${certificates.length > mostShown ? html`<p class="soft small">and ${certificates.length - mostShown} more</p>` : ''}`
