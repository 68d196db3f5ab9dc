// How a person's page looks: the verdict on top, under it the timeline, and beside that the facts of today.
import { html } from 'hono/html'
import type { PersonView } from '../../../manage/people/person.ts'
import type { Markup } from '../../look/page.ts'
import { theirs } from '../../look/words.ts'
import type { OrganizationCall } from '../call.ts'
import type { ConsolePage } from '../frame.ts'
import { directorySections } from './directory-section.ts'
import { membershipSection, namesSection, sessionsSection } from './facts.ts'
import { type ShownTimeline, timelineSection } from './timeline-section.ts'
import { verdictSection } from './verdict-section.ts'

interface Shown {
  readonly view: PersonView
  readonly timeline: ShownTimeline
  /** What came of the form that was sent. */
  readonly notice: Markup | ''
}

export function personPage(call: OrganizationCall, { view, timeline, notice }: Shown): ConsolePage {
  const { subject } = view
  return {
    title: subject.name,
    section: 'people',
    body: html`${lead(view)}${notice}${verdictSection(view, timeline.now)}
<div class="beside">${timelineSection(timeline)}
<div>${membershipSection(call, view)}${directorySections(view, timeline.now)}${subject.personId === null ? '' : sessionsSection(call, view)}${namesSection(call, view)}</div></div>`,
  }
}

function lead({ subject: { name, address, personId, users } }: PersonView): Markup {
  const id = personId ?? users[0]?.id
  const known = address !== null && address !== name
  return html`<p class="soft small">${known ? html`${theirs(address, 254)} · ` : ''}${id === undefined ? 'No person and no user here has this address.' : html`<code>${id}</code>`}</p>`
}

/** Where an address is typed, when none came along. */
export const lookUpPage = ({ typed, notice }: { typed: string; notice: Markup | '' }): ConsolePage => ({
  title: 'Can they sign in?',
  section: 'people',
  body: html`${notice}<section><p>Type the address of anybody: a member, somebody who was invited or removed, or who should be able to join.</p>
<form class="filters" role="search"><label class="wide">Address <kbd>/</kbd><input type="search" name="email" maxlength="254" required autocapitalize="none" spellcheck="false" placeholder="ada@example.com" value="${typed.slice(0, 254)}"></label>
<button class="main">Look up</button></form></section>`,
})
