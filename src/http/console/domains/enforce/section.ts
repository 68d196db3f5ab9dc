// The last step: whether the people of the domain have to sign in by SAML, and the way to the page that decides it.
import { html } from 'hono/html'
import type { Markup } from '../../../look/page.ts'
import { state } from '../../../look/words.ts'
import { pathOf, type Stage, showStep } from '../stage.ts'

export function enforceSection(stage: Stage): Markup {
  const { place, progress } = stage
  const { domain, testedAt } = progress
  const isOn = domain.sso_enforcement === 'saml'
  const link = (words: string, kind: string) =>
    html`<p><a class="button ${kind}" href="${pathOf(place, '/enforce', 'enforce').replace(/#.*/, '')}">${words}</a></p>`
  return showStep(stage, {
    part: 'enforce',
    title: 'Enforce',
    status: isOn ? state('good', 'SAML only') : state('off', 'not enforced'),
    body: isOn
      ? html`<p>Everybody whose address ends in @${domain.domain} has to sign in by SAML. Mailed links are refused.</p>
${link('Who that is, and the way back …', '')}`
      : testedAt === null
        ? html`<p class="soft">After one successful sign-in, SAML can be made the only way in for people of ${domain.domain}.</p>
${link('Who would be affected …', '')}`
        : html`<p>People of ${domain.domain} can still sign in by a mailed link. Once enforced, SAML is their only way in.</p>
${link('See who is affected …', 'main')}`,
  })
}
