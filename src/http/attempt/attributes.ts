// The attributes that came with a sign-in, and what each of them is read for.
import { html } from 'hono/html'
import type { SignInEntry } from '../../manage/sign-ins/entry.ts'
import type { Markup } from '../look/page.ts'
import { theirs } from '../look/words.ts'

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

export function attributeTable({ attributes, uses, most = 40 }: Received): Markup {
  const rest = attributes.length - most
  if (attributes.length === 0) return html`<p class="soft">None came.</p>`
  return html`<table class="cards">
<thead><tr><th scope="col">Name</th><th scope="col">Values</th><th scope="col">Read as</th></tr></thead>
<tbody>${attributes
    .slice(0, most)
    .map(
      ([name, values]) =>
        html`<tr><th scope="row" class="full mono">${theirs(name, 120)}</th><td class="full">${theirs(values.join(', '), 160)}</td><td data-label="read as">${fieldWords[uses.get(name) ?? ''] ?? html`<span class="soft">nothing</span>`}</td></tr>`,
    )}</tbody></table>
${rest > 0 ? html`<p class="small soft">And ${rest} more.</p>` : ''}`
}
