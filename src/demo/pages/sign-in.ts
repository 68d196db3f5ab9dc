// Who signs in, and what is wrong with it: the page a request ends at, and the one that carries the answer back.
import { html } from 'hono/html'
import { type Directory, nameOf, type Person } from '../directory.ts'
import type { AuthnRequest } from '../saml/authn-request.ts'
import { type Fault, faults } from '../saml/faults.ts'
import { type Html, layout } from './layout.ts'

export interface Choice {
  readonly directory: Directory
  /** Undefined for a sign-in that begins here. */
  readonly request: AuthnRequest | undefined
  readonly relayState: string
  readonly loginHint: string
}

export function choicePage(choice: Choice): Html {
  const { directory, request, relayState } = choice
  const chosen = directory.people.find(({ address }) => address === choice.loginHint) ?? directory.people[0]
  return layout({
    title: 'Who signs in?',
    company: directory.company,
    isNarrow: true,
    content: html`<form method="post" action="/answer">
      <input type="hidden" name="in_response_to" value="${request?.id ?? ''}">
      <input type="hidden" name="relay_state" value="${relayState}">
      <section>
        <p class="soft">${occasion(choice)}</p>
        <label>Person<select name="person">${directory.people.map(person => option(person, person === chosen))}</select></label>
        <p><button class="main">Sign in</button></p>
      </section>
      <section>
        <fieldset>
          <legend>What is wrong with the answer?</legend>
          ${radio({ id: '', title: 'Nothing', story: 'Gatehouse lets in whoever was pushed to it and is not deactivated.', refusal: '' }, true)}
          ${faults.map(fault => radio(fault, false))}
        </fieldset>
        <p><button class="main">Sign in</button></p>
      </section>
    </form>`,
  })
}

function occasion({ request }: Choice): string {
  if (!request) return 'Nobody asked for this sign-in: it begins here, at the tile.'
  if (request.isForced) return 'Gatehouse asks for a sign-in, and for a fresh proof of who it is.'
  return 'Gatehouse asks for a sign-in.'
}

const option = (person: Person, isChosen: boolean): Html =>
  html`<option value="${person.id}"${isChosen ? ' selected' : ''}>${nameOf(person)} (${person.address}${person.isActive ? '' : ', deactivated'})</option>`

const radio = ({ id, title, story, refusal }: Fault, isChosen: boolean): Html =>
  html`<label class="choice"><input type="radio" name="fault" value="${id}"${isChosen ? ' checked' : ''}>${title}<code>${refusal}</code><small>${story}</small></label>`

export interface HandOff {
  readonly company: string
  readonly acsUrl: string
  readonly samlResponse: string
  readonly relayState: string
}

/** The HTTP-POST binding (SAML bindings 3.5.4): sent by the script, or by hand where there is none. */
export const handOffPage = ({ company, acsUrl, samlResponse, relayState }: HandOff): Html =>
  layout({
    title: 'On the way to Gatehouse',
    company,
    isNarrow: true,
    isSentAtOnce: true,
    content: html`<form method="post" action="${acsUrl}">
      <input type="hidden" name="SAMLResponse" value="${samlResponse}">
      ${relayState === '' ? '' : html`<input type="hidden" name="RelayState" value="${relayState}">`}
      <p><button class="main">Go on</button></p>
    </form>`,
  })

export const messagePage = (company: string, message: string): Html =>
  layout({
    title: 'That did not work',
    company,
    isNarrow: true,
    content: html`<section><p>${message}</p></section>`,
  })
