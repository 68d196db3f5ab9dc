// What an administrator sees at the end of a test sign-in: every check, what came, and who must change what.
import { html } from 'hono/html'
import type { TestReport } from '../../login/saml/report.ts'
import { attributeTable } from '../attempt/attributes.ts'
import { explained } from '../attempt/explained.ts'
import { timeline } from '../attempt/timeline.ts'
import type { Markup, Page } from '../look/page.ts'
import { state, theirs } from '../look/words.ts'

export const testPage = (report: TestReport): Page => ({
  title: report.refused ? 'The test sign-in was refused' : 'The test sign-in worked',
  isWide: true,
  body: html`<section>${verdict(report)}
<p class="row"><a class="button" href="/sign-ins/${report.domainId}/${report.signInId}">All about it in the console</a><span class="soft small">Or close this page: everything is kept there.</span></p></section>
<section><h2>Step by step</h2>${timeline(report)}</section>
<section><h2>What came</h2><dl>${report.facts.map(([name, value]) => html`<dt>${name}</dt><dd><code>${theirs(value)}</code></dd>`)}<dt>Trace id</dt><dd><code>${report.traceId}</code></dd></dl>
<h3>Attributes</h3>${attributeTable(report)}</section>`,
})

function verdict({ refused, ours }: TestReport): Markup {
  if (!refused)
    return html`<p class="verdict">${state('good', 'accepted')}<span>Everything was as it should be. Nobody was signed in.</span></p>`
  return html`<p class="verdict">${state('bad', 'refused')}<span>${refused.explanation.title}. Nobody was signed in.</span> <code class="soft">${refused.code}</code></p>
${explained({ ...refused, ours })}`
}
