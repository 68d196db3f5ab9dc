// Why a sign-in was refused: who must change what, where, in which order, and which of our values they need for it.
import { html } from 'hono/html'
import type { Explanation } from '../../manage/sign-ins/entry.ts'
import type { Markup } from '../look/page.ts'
import { copyable, theirs } from '../look/words.ts'
import { compared } from './compared.ts'

type OurValue = Explanation['ours'][number]

/** Ours for this one domain. */
export type OurValues = Readonly<Record<OurValue, string>>

export interface Refused {
  readonly explanation: Explanation
  /** The sentence of the API. */
  readonly advice: string
  readonly expected: string | null
  readonly got: string | null
  readonly ours: OurValues
}

const whoWords: Readonly<Record<Explanation['who'], string>> = {
  'identity provider': 'whoever administers the identity provider',
  here: 'an administrator here',
  either: 'whoever administers the identity provider, or an administrator here',
  nobody: 'usually nobody: starting over is enough',
}

export const valueWords: Readonly<Record<OurValue, string>> = {
  entity_id: 'Entity ID (audience)',
  acs_url: 'ACS URL (recipient, destination)',
  metadata_url: 'Metadata',
  login_url: 'Login URL',
}

export function explained({ explanation, advice, expected, got, ours }: Refused): Markup {
  const { why, who, fix, ours: needed } = explanation
  return html`${expected === null || got === null ? '' : compared(expected, got)}
<h2>Why</h2><p>${why}</p>
<h2>How to fix it</h2><p class="small soft">To be done by ${whoWords[who]}.</p><p>${theirs(advice, 900)}</p>
<ol>${fix.map(step => html`<li>${step}</li>`)}</ol>
${needed.length === 0 ? '' : html`<dl>${needed.map(each => html`<dt>Our ${valueWords[each]}</dt><dd>${copyable(each.replaceAll('_', '-'), ours[each])}</dd>`)}</dl>`}
${places(explanation)}`
}

function places({ subject, places: all }: Explanation): Markup | '' {
  const [first, ...others] = all
  if (!first) return ''
  if (others.length === 0) return html`<p><strong>At ${first.provider}:</strong> ${first.field}</p>`
  return html`<details><summary>Where to find ${subject} at ${all.map(each => each.provider).join(', ')}</summary>
<dl>${all.map(each => html`<dt>${each.provider}</dt><dd>${each.field}</dd>`)}</dl></details>`
}
