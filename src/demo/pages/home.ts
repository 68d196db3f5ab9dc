// The directory's page: its people and groups, what of them was pushed, and the tile of the application.
import { html } from 'hono/html'
import { type Directory, nameOf, type Person } from '../directory.ts'
import { dialects } from '../push/dialects.ts'
import type { Pusher } from '../push/pusher.ts'
import { type Html, layout } from './layout.ts'

export interface Home {
  readonly directory: Directory
  readonly pusher: Pusher
  /** Where people sign in, and their provider after them. */
  readonly loginUrl: string
  readonly metadataUrl: string
}

export function homePage(home: Home): Html {
  const { directory } = home
  return layout({
    title: 'People and groups',
    company: directory.company,
    content: html`<div class="columns">
      <section class="wide">
        <table>
          <thead><tr><th>Person</th><th>Group</th><th>Gatehouse</th><th></th></tr></thead>
          <tbody>${directory.people.map(person => personRow(person, home))}</tbody>
        </table>
      </section>
      <aside>${applicationTile(home)}${pushing(home)}${adding(directory)}</aside>
    </div>`,
  })
}

function personRow(person: Person, { directory, pusher, loginUrl }: Home): Html {
  const { id, isActive, address, title } = person
  const state = pusher.isPushed(person)
    ? html`<span class="tag good">pushed</span>`
    : html`<span class="tag bad">not pushed yet</span>`
  return html`<tr class="${isActive ? '' : 'inactive'}" id="${id}">
    <td>${nameOf(person)} <small>${address} · ${title}${isActive ? '' : ' · deactivated'}</small></td>
    <td><form method="post" action="/people/${id}/group">${groupChoice(directory, person.group)}<button>Move</button></form></td>
    <td>${state}</td>
    <td class="actions">
      <form method="post" action="/people/${id}/active"><input type="hidden" name="active" value="${!isActive}"><button>${isActive ? 'Deactivate' : 'Reactivate'}</button></form>
      <a href="${loginUrl}?login_hint=${encodeURIComponent(address)}">Sign in</a>
    </td>
  </tr>`
}

const groupChoice = ({ groups }: Directory, chosen?: string): Html =>
  html`<select name="group" aria-label="Group">${groups.map(
    ({ name }) => html`<option${name === chosen ? ' selected' : ''}>${name}</option>`,
  )}</select>`

const applicationTile = ({ loginUrl, metadataUrl }: Home): Html => html`<section>
  <h2>Gatehouse</h2>
  <p class="soft">The application that these people sign in to. From the tile, the sign-in begins here, without a request.</p>
  <p><a class="main" href="/tile">Open Gatehouse</a></p>
  <p><a href="${loginUrl}">Begin at Gatehouse instead</a> · <a href="${metadataUrl}">Metadata</a></p>
</section>`

const pushing = ({ pusher }: Home): Html => html`<section>
  <h2>Push over SCIM</h2>
  <form method="post" action="/push">
    <label>Speak and sign as<select name="dialect">${dialects.map(
      ({ name, title }) =>
        html`<option value="${name}"${name === pusher.dialect.name ? ' selected' : ''}>${title}</option>`,
    )}</select></label>
    <p><button class="main" name="push" value="now">Push now</button> <button>Only switch</button></p>
  </form>
  ${lastPush(pusher)}
</section>`

const lastPush = ({ exchanges }: Pusher): Html => html`<p class="soft">The last push, request by request:</p>
  <ol class="exchanges">${exchanges.map(
    ({ method, path, status, detail }) =>
      html`<li><span class="tag ${status < 300 ? 'good' : 'bad'}">${status}</span> <code>${method} ${decodeURIComponent(path.replaceAll('+', ' '))}</code> ${detail ?? ''}</li>`,
  )}</ol>`

const adding = (directory: Directory): Html => html`<section>
  <h2>Add somebody</h2>
  <form method="post" action="/people">
    <label>Given name<input type="text" name="given_name" required maxlength="50"></label>
    <label>Family name<input type="text" name="family_name" required maxlength="50"></label>
    <label>Group${groupChoice(directory)}</label>
    <p><button>Add</button></p>
  </form>
</section>`
