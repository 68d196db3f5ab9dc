// The attributes that came with a sign-in, and what each of them is read for.
import { html } from 'hono/html'
import type { SignInEntry } from '../../manage/sign-ins/entry.ts'
import type { Markup } from '../look/page.ts'
import { fitting, theirs } from '../look/words.ts'

interface Received {
  readonly attributes: readonly (readonly [name: string, values: readonly string[]])[]
  readonly uses: SignInEntry['uses']
  /** A page need not show what only a hostile document has. */
  readonly most?: number
}

const fieldWords: Readonly<Record<string, string>> = {
  email: 'e-mail address',
  first_name: 'first name',
  last_name: 'last name',
  full_name: 'full name',
  groups: 'groups',
}

/** Of a page. */
const mostBytes = 4000

export function attributeTable({ attributes, uses, most = 40 }: Received): Markup {
  if (attributes.length === 0) return html`<p class="soft">None came.</p>`
  const rows = attributes
    .slice(0, most)
    .map(
      ([name, values]) =>
        html`<tr><th scope="row" class="full mono">${theirs(name, 120)}</th><td class="full">${theirs(values.join(', '), 160)}</td><td data-label="read as">${fieldWords[uses.get(name) ?? ''] ?? html`<span class="soft">nothing</span>`}</td></tr>`,
    )
  const shown = fitting(rows, mostBytes)
  const rest = attributes.length - shown.length
  return html`<table class="cards">
<thead><tr><th scope="col">Name</th><th scope="col">Values</th><th scope="col">Read as</th></tr></thead>
<tbody>${shown}</tbody></table>
${rest > 0 ? html`<p class="small soft">And ${rest} more.</p>` : ''}`
}
