// The frame around every page of the provider; text is escaped by hono/html wherever it comes from.
import { html } from 'hono/html'

export type Html = ReturnType<typeof html>

interface Page {
  readonly title: string
  readonly company: string
  readonly content: Html
  readonly isNarrow?: boolean
  /** A page with one form that is to be sent at once. */
  readonly isSentAtOnce?: boolean
}

export const layout = ({
  title,
  company,
  content,
  isNarrow,
  isSentAtOnce,
}: Page): Html => html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title} · ${company} directory</title>
  <link rel="stylesheet" href="/style.css">
  <link rel="icon" href="data:,">
  ${isSentAtOnce ? html`<script src="/submit.js" defer></script>` : ''}
</head>
<body>
  <header>
    <strong>${company} directory</strong>
    <p>A pretend identity provider on this machine, for trying out Gatehouse</p>
    <nav><a href="/">People and groups</a> <a href="/sign-ins">Sign-ins</a></nav>
  </header>
  <main class="${isNarrow ? 'narrow' : ''}">
    <h1>${title}</h1>
    ${content}
  </main>
</body>
</html>
`
