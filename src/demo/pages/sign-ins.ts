// What Gatehouse wrote down about the sign-ins: what it expected, what came, and who must change what.
import { html } from 'hono/html'
import type { SignInRow } from '../logs.ts'
import { type Html, layout } from './layout.ts'

/** `rows`: the newest first. */
export const signInsPage = (company: string, rows: readonly SignInRow[]): Html =>
  layout({
    title: 'Sign-ins, as Gatehouse has them in its log',
    company,
    isNarrow: true,
    content:
      rows.length === 0 ? html`<section><p>Nobody has tried yet.</p></section>` : html`${rows.map(entry)}`,
  })

const entry = ({ created_at, kind, code, advice, email, steps }: SignInRow): Html => {
  const failed = steps.find(({ outcome }) => outcome === 'failed')
  const passed = steps.filter(({ outcome }) => outcome === 'passed').length
  return html`<section>
    <p><span class="tag ${code === null ? 'good' : 'bad'}">${code ?? 'signed in'}</span>
      ${email ?? 'Somebody'} <span class="soft">${created_at.slice(11, 19)}, begun ${kind === 'idp' ? 'at the tile' : 'at Gatehouse'}; ${passed} checks passed</span></p>
    ${advice === null ? '' : html`<p>${advice}</p>`}
    ${failed === undefined ? '' : html`<dl><dt>Check</dt><dd>${failed.name}</dd><dt>Expected</dt><dd>${failed.expected ?? ''}</dd><dt>Got</dt><dd>${failed.got ?? ''}</dd></dl>`}
  </section>`
}
