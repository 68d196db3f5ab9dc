// The ways out of this server, each with a button that tries it and what came of that.
import { html } from 'hono/html'
import type { DnsTest, MailTest, StorageTest } from '../../../manage/operators/self-tests.ts'
import type { Markup } from '../../look/page.ts'
import { csrfField, state, theirs } from '../../look/words.ts'
import type { ConsoleCall } from '../call.ts'

interface Tests {
  readonly call: ConsoleCall
  readonly happened: {
    readonly mail?: MailTest
    readonly dns?: DnsTest
    readonly storage?: StorageTest
  }
}

export const selfTestsSection = ({
  call,
  happened,
}: Tests): Markup => html`<section id="self-tests"><h2>Ways out</h2>
<dl><dt>Mail</dt><dd>${mail(call, happened.mail)}</dd>
<dt>DNS</dt><dd>${dns(call, happened.dns)}</dd>
<dt>Storage</dt><dd>${storage(call, happened.storage)}</dd></dl></section>`

function mail(call: ConsoleCall, test: MailTest | undefined): Markup {
  const { smtpUrl, dataDir } = call.ctx.config
  const way =
    smtpUrl === ''
      ? html`There is no mail server (<code>GATEHOUSE_SMTP_URL</code>): mails are files in <code>${dataDir}/outbox</code>.`
      : html`By <code>${URL.parse(smtpUrl)?.host ?? 'the mail server'}</code>, from <code>${call.ctx.config.mailFrom}</code>.`
  return html`<p>${way}</p>
<form method="post" action="/operator/system/mail#self-tests">${csrfField(call)}<button>Send a test mail to me</button></form>
${test ? html`<p role="status">${mailResult(test)} <span class="soft small">${test.milliseconds} ms</span></p>` : ''}`
}

function mailResult({ to, result, error }: MailTest): Markup {
  if (result === 'failed') return html`${state('bad', 'Not sent')}: ${theirs(error ?? '', 400)}`
  return result === 'in a file'
    ? html`${state('warn', 'Written into a file')}, since there is no mail server`
    : html`${state('good', 'Handed over')} to the mail server, for ${theirs(to)}. Look whether it arrives.`
}

const dns = (
  call: ConsoleCall,
  test: DnsTest | undefined,
): Markup => html`<form method="post" action="/operator/system/dns#self-tests" class="row">${csrfField(call)}
<label for="dns-name" class="soft">TXT record</label><input id="dns-name" name="name" required maxlength="253" placeholder="_${call.ctx.config.challengePrefix}-challenge.acme.com" autocapitalize="none" spellcheck="false" value="${test?.name ?? call.form.get('name')?.slice(0, 253) ?? ''}">
<button>Look it up</button></form>
${test ? dnsResult(test) : ''}`

function dnsResult({ name, servers, answer, milliseconds }: DnsTest): Markup {
  const asked = html`<span class="soft small">asked ${servers.map((server, at) => html`${at === 0 ? '' : ', '}<code>${server}</code>`)} in ${milliseconds} ms</span>`
  if (answer.outcome === 'failed')
    return html`<p role="status">${state('bad', 'No answer')}: ${theirs(answer.error)} ${asked}</p>`
  if (answer.outcome === 'absent')
    return html`<p role="status">${state('warn', 'An answer came')}: there is no TXT record <code>${name}</code> ${asked}</p>`
  return html`<div role="status"><p>${state('good', 'Found')} ${asked}</p><ul>${answer.values.map(value => html`<li><code>${theirs(value)}</code></li>`)}</ul></div>`
}

const storage = (
  call: ConsoleCall,
  test: StorageTest | undefined,
): Markup => html`<form method="post" action="/operator/system/storage#self-tests">${csrfField(call)}<button>Write, read and remove a file</button></form>
${test ? html`<p role="status">${storageResult(test)} <span class="soft small">${test.milliseconds} ms, in <code>${theirs(test.place)}</code></span></p>` : ''}`

const storageResult = ({ failure }: StorageTest): Markup =>
  failure
    ? html`${state('bad', `Failed to ${failure.step}`)}: ${theirs(failure.error, 400)}`
    : state('good', 'Written, read, removed')
