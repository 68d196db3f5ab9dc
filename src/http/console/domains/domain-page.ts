// A domain's page: the way from the DNS record to enforcement at a glance, then each step with what there is to do next.
import { html } from 'hono/html'
import type { Progress } from '../../../manage/domains/progress.ts'
import type { Markup } from '../../look/page.ts'
import { enforceSection } from './enforce/section.ts'
import { removalSection } from './removal/section.ts'
import { samlSection } from './saml/section.ts'
import { scimSection } from './scim/section.ts'
import type { Happened, Stage } from './stage.ts'
import type { Part, StepPage, Workplace } from './stepper.ts'
import { testSection } from './test/section.ts'
import { verifySection } from './verify/section.ts'

interface Step {
  readonly part: Part
  readonly title: string
  readonly isDone: (progress: Progress) => boolean
  readonly show: (stage: Stage) => Markup
}

const steps: readonly Step[] = [
  {
    part: 'verify',
    title: 'Verify',
    isDone: ({ domain }) => domain.is_verified && domain.verification_lost_at === null,
    show: verifySection,
  },
  { part: 'saml', title: 'SAML', isDone: ({ domain }) => domain.has_saml, show: samlSection },
  {
    part: 'scim',
    title: 'SCIM',
    isDone: ({ domain }) => domain.scim_tokens.some(token => token.last_used_at !== null),
    show: scimSection,
  },
  { part: 'test', title: 'Test', isDone: ({ testedAt }) => testedAt !== null, show: testSection },
  {
    part: 'enforce',
    title: 'Enforce',
    isDone: ({ domain }) => domain.sso_enforcement === 'saml',
    show: enforceSection,
  },
]

export function domainPage(place: Workplace, progress: Progress, happened: Happened | undefined): StepPage {
  const shown = steps.filter(({ part }) => place.parts.has(part))
  const next = shown.find(step => !step.isDone(progress))
  const stages = shown.map((step, index) => {
    const state = step.isDone(progress) ? 'done' : step === next ? 'now' : 'later'
    return { step, stage: { place, progress, happened, number: index + 1, state } as const }
  })
  const { id, domain: name } = progress.domain
  return {
    title: name,
    domain: { id, name },
    isDone: next === undefined,
    body: html`${shown.length > 1 ? way(stages) : ''}
${stages.map(({ step, stage }) => step.show(stage))}
${place.parts.has('settings') ? removalSection(place) : ''}`,
  }
}

const words = { done: 'done', now: 'next', later: 'later' } as const

const way = (stages: readonly { step: Step; stage: Stage }[]): Markup =>
  html`<ol class="way">${stages.map(
    ({ step: { part, title }, stage: { state } }) =>
      html`<li class="${state}"><a href="#${part}">${title}</a> <span>${words[state]}</span></li>`,
  )}</ol>`
