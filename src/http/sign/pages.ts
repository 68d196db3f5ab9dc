// How the pages look on which an agreement is signed.
import { html } from 'hono/html'
import type { Block, Span } from '../../base/markdown.ts'
import type { ShownAgreement } from '../../manage/legal/signing.ts'
import type { Markup, Page } from '../look/page.ts'
import { readable } from '../look/words.ts'

export interface Typed {
  readonly name: string
  readonly title: string
  /** Why it was not good enough. */
  readonly complaint: string
}

export const agreementPage = ({ title, company, text }: ShownAgreement, typed?: Typed): Page => ({
  title: `Sign for ${readable(company)}`,
  body: html`<p>Please read the ${title} and sign it below.</p>
<article class="paper" tabindex="0" aria-label="${title}">${elementsOf(text)}</article>
<form method="post">
${typed ? html`<p class="failed" role="alert">${typed.complaint}</p>` : ''}
<p><label for="name">Your full name</label><input id="name" name="name" maxlength="200" required autocomplete="name" value="${typed?.name ?? ''}"></p>
<p><label for="title">Your title at ${company}</label><input id="title" name="title" maxlength="200" required autocomplete="organization-title" value="${typed?.title ?? ''}"></p>
<p><label class="choice"><input type="checkbox" name="agree" value="yes" required> I have read the ${title}, I may sign it for ${company}, and I agree to it.</label></p>
<button class="main">Sign</button></form>
<p class="faint">With the signature we record the time, your IP address and your browser.</p>`,
  style,
})

export const thanksPage = ({ title, company }: ShownAgreement): Page => ({
  title: 'Thank you',
  body: html`<p class="passed">The ${title} is signed for ${company}.</p>
<p>The administrators of your organization can download it. You can close this page.</p>`,
})

export const alreadySignedPage: Page = {
  title: 'Signed already',
  body: html`<p>This agreement has been signed already, and is signed once only.</p>`,
}

export const deadLinkPage: Page = {
  title: 'This link leads nowhere',
  body: html`<p>It may be incomplete, or the agreement is gone. Please follow the link in the mail once more.</p>`,
}

export const troublePage = (sentence: string): Page => ({
  title: 'That did not work',
  body: html`<p role="alert">${sentence}</p>`,
})

/** Items that follow each other are one list. */
function elementsOf(blocks: readonly Block[]): Markup[] {
  const elements: Markup[] = []
  let items: Markup[] = []
  const close = () => {
    if (items.length > 0) elements.push(html`<ul>${items}</ul>`)
    items = []
  }
  for (const block of blocks) {
    if (block.kind === 'item')
      items.push(html`<li><span aria-hidden="true">${block.marker}</span> ${spansOf(block.spans)}</li>`)
    else {
      close()
      elements.push(elementOf(block))
    }
  }
  close()
  return elements
}

function elementOf(block: Exclude<Block, { kind: 'item' }>): Markup {
  const inside = spansOf(block.spans)
  if (block.kind === 'paragraph') return html`<p>${inside}</p>`
  return block.level === 1
    ? html`<h2>${inside}</h2>`
    : block.level === 2
      ? html`<h3>${inside}</h3>`
      : html`<h4>${inside}</h4>`
}

const spansOf = (spans: readonly Span[]): (Markup | string)[] =>
  spans.map(({ text, isBold, isItalic }) =>
    isBold ? html`<strong>${text}</strong>` : isItalic ? html`<em>${text}</em>` : text,
  )

const style = `
body.public:not(.wide) main { max-width: 48rem; padding-top: 1.5rem }
.paper { background: var(--well); border-radius: .5rem; padding: .5rem 2rem 1.5rem; margin: 1rem 0 1.5rem; max-height: 30rem; overflow: auto }
.paper h2 { font-size: 1.2rem; margin-top: 1rem } .paper h3 { font-size: 1rem; margin: 1.5rem 0 .25rem } .paper h4 { font-size: 1rem; margin: 1rem 0 .25rem }
.paper ul { list-style: none; padding: 0 } .paper li { display: flex; gap: .75rem; margin: .4rem 0 }
@media (max-width: 44rem) { .paper { padding: .25rem 1rem 1rem } }`
