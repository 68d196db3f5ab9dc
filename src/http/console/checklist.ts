// The checklist above the domains of a new organization: it turns green by itself, and folds away when all of it is.
import { html } from 'hono/html'
import { isLoopback } from '../../base/net-address.ts'
import { requireLevel } from '../../manage/caller.ts'
import { testMail } from '../../manage/operators/self-tests.ts'
import { type Checklist, readChecklist } from '../../manage/organizations/checklist.ts'
import type { Markup } from '../look/page.ts'
import { csrfField, state, theirs } from '../look/words.ts'
import type { ConsoleCall, OrganizationCall } from './call.ts'
import { administratorOf, followLive } from './live.ts'

interface Step {
  readonly title: string
  readonly isDone: boolean
  /** What there is to say of it, and what to do next. */
  readonly words: Markup
}

/** Nothing once everything is done. */
export async function showChecklist(call: OrganizationCall): Promise<Markup | ''> {
  const steps = await readSteps(call)
  if (steps.every(({ isDone }) => isDone)) return ''
  return html`<section id="checklist" data-checklist="/checklist/live?shown=${signOf(steps)}">${stepList(steps)}</section>`
}

const readSteps = async (call: OrganizationCall): Promise<Step[]> =>
  stepsOf(call, await readChecklist(call.ctx, call.principal, call.caller))

/** Another one whenever a step turns green, or is to do again. */
const signOf = (steps: readonly Step[]): string => steps.map(({ isDone }) => Number(isDone)).join('')

function stepList(steps: readonly Step[]): Markup {
  const done = steps.filter(({ isDone }) => isDone).length
  return html`<div class="row"><h2>${done === steps.length ? 'Everything is set up' : 'Get started'}</h2><span class="soft">${done} of ${steps.length} done</span></div>
<ol class="checklist">${steps.map(
    ({ title, isDone, words }) =>
      html`<li class="${isDone ? 'done' : 'open'}"><div>${state(isDone ? 'good' : 'off', isDone ? 'done' : 'to do')} <strong>${title}</strong></div><div class="soft">${words}</div></li>`,
  )}</ol>`
}

function stepsOf(call: OrganizationCall, list: Checklist): Step[] {
  const { domain, hasSignedIn, hasPushed } = list
  const at = domain && `/domains/${domain.id}`
  const isVerified = domain?.isVerified ?? false
  return [
    ...(list.mail === null ? [] : [baseUrl(call), mail(call, list.mail)]),
    {
      title: 'Verify a domain',
      isDone: isVerified,
      words: domain
        ? html`<a href="${at}#verify">${domain.name}</a>${isVerified ? ' is verified.' : ': publish its DNS record, and check it.'}`
        : html`<a href="#domain">Add the domain</a> that your people’s addresses end in.`,
    },
    {
      title: 'Sign in through SAML',
      isDone: hasSignedIn,
      words: hasSignedIn
        ? html`Somebody has signed in through the identity provider.`
        : next(at, 'saml', 'Set up the identity provider', 'and sign in through it once.'),
    },
    {
      title: 'Push people over SCIM',
      isDone: hasPushed,
      words: hasPushed
        ? html`The identity provider has pushed people.`
        : next(at, 'scim', 'Give the identity provider a token', 'and let it push the first person.'),
    },
  ]
}

const next = (at: string | null, part: string, link: string, rest: string): Markup =>
  at === null ? html`After the domain.` : html`<a href="${at}#${part}">${link}</a> ${rest}`

function baseUrl({ ctx, c }: ConsoleCall): Step {
  const { host, hostname, protocol } = new URL(ctx.config.baseUrl)
  const seen = c.req.header('host') ?? host
  const isHere = seen === host
  const isSafe = protocol === 'https:' || isLoopback(hostname)
  return {
    title: 'Base URL',
    isDone: isHere && isSafe,
    words: !isHere
      ? html`You are at <code>${theirs(seen, 100)}</code>, but <code>GATEHOUSE_BASE_URL</code> says <code>${host}</code>: links and forms lead there.`
      : isSafe
        ? html`<code>${ctx.config.baseUrl}</code>${protocol === 'https:' ? '' : ', on this machine alone; identity providers elsewhere need an https address'}`
        : html`<code>${ctx.config.baseUrl}</code> is not https: set <code>GATEHOUSE_BASE_URL</code> to an address that is.`,
  }
}

function mail(call: ConsoleCall, { isConfigured, test }: NonNullable<Checklist['mail']>): Step {
  const isDone = isConfigured && test?.isGood === true
  const button = html`<form method="post" action="/checklist/mail">${csrfField(call)}<button>Send a test mail to me</button></form>`
  return {
    title: 'Mail',
    isDone,
    words: !isConfigured
      ? html`There is no mail server: set <code>GATEHOUSE_SMTP_URL</code> and start again. Until then mails are files in <code>${call.ctx.config.dataDir}/outbox</code>.`
      : isDone
        ? html`The mail server took a test mail.`
        : html`${test ? html`<span class="bad">The last test: ${theirs(test.outcome)}.</span>` : 'A mail server is set; nobody has tried it.'} ${button}`,
  }
}

/** What came of it stands in the list. */
export async function mailMe({ ctx, c, principal }: ConsoleCall): Promise<Response> {
  await testMail(ctx, principal)
  return c.redirect('/#checklist', 303)
}

/** It is looked at only every so many times that somebody would listen. */
const everyPolls = 3

/** The list as it changes from how the page has it. */
export function follow(call: OrganizationCall): Response {
  let shown = call.c.req.query('shown')
  let poll = 0
  const owner = administratorOf(call, async caller => requireLevel(caller, 'owner'))
  return followLive<{ id: string; markup: Markup }>(owner, {
    next: async () => {
      if (poll++ % everyPolls !== 0) return []
      const steps = await readSteps(call)
      const id = signOf(steps)
      if (id === shown) return []
      shown = id
      return [{ id, markup: stepList(steps) }]
    },
    show: ({ markup }) => markup,
  })
}
