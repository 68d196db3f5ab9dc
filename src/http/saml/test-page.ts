// What an administrator sees at the end of a test sign-in: every check, what came, and who must change what.
import { html } from 'hono/html'
import type { TestReport } from '../../login/saml/report.ts'
import type { Page } from '../look/page.ts'

const outcomes = { passed: 'passed', failed: 'failed', not_reached: 'not reached' } as const

export const testPage = ({
  isAccepted,
  code,
  advice,
  traceId,
  steps,
  facts,
  attributes,
}: TestReport): Page => ({
  title: isAccepted ? 'The test sign-in worked' : 'The test sign-in was refused',
  body: html`<p>${isAccepted ? 'Everything was as it should be.' : advice} Nobody was signed in.</p>
<dl>${code === null ? '' : html`<dt>Code</dt><dd><code>${code}</code></dd>`}<dt>Trace id</dt><dd><code>${traceId}</code></dd>
${facts.map(([name, value]) => html`<dt>${name}</dt><dd><code>${value}</code></dd>`)}</dl>
<h2>Checks</h2>
<table><thead><tr><th>Check</th><th>Outcome</th><th>Expected</th><th>Got</th></tr></thead><tbody>
${steps.map(
  step => html`<tr><td>${step.name}</td><td class="${step.outcome}">${outcomes[step.outcome]}</td>
<td>${step.expected ?? ''}</td><td>${step.got ?? ''}</td></tr>`,
)}</tbody></table>
<h2>Attributes</h2>
${attributes.length === 0 ? html`<p>None came.</p>` : ''}
<dl>${attributes.map(([name, values]) => html`<dt><code>${name}</code></dt><dd>${values.join(', ')}</dd>`)}</dl>`,
})
