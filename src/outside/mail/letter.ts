// How a letter looks: one frame for all of them, as plain text and as HTML that old mail programs show too.
import type { Mail } from './message.ts'

export interface Letter {
  readonly subject: string
  readonly title: string
  readonly paragraphs: readonly string[]
  /** Somebody's own words, set apart from ours. */
  readonly quote?: string
  /** Names and values, set in a fixed width. */
  readonly details?: readonly (readonly [name: string, value: string])[]
  readonly action?: { readonly label: string; readonly url: string }
  /** Why it came, and what to do when it should not have. */
  readonly closing: string
}

/** Line breaks and control characters of names that people typed cannot shape a letter. */
const plain = (text: string) =>
  text.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()

export const writeLetter = (to: string, letter: Letter): Mail => ({
  to,
  subject: plain(letter.subject),
  text: asText(letter),
  html: asHtml(letter),
})

function asText({ title, paragraphs, quote, details = [], action, closing }: Letter): string {
  const blocks = [
    plain(title),
    ...paragraphs.map(paragraph => wrap(plain(paragraph))),
    ...(quote
      ? [
          linesOf(quote)
            .map(line => wrap(line, '> '))
            .join('\n'),
        ]
      : []),
    ...(details.length > 0 ? [details.map(([name, value]) => `${name}:\n  ${plain(value)}`).join('\n')] : []),
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    `-- \n${wrap(plain(closing))}`,
  ]
  return `${blocks.join('\n\n')}\n`
}

const textWidth = 72

/** Words are never cut, so that a link stays whole. */
function wrap(text: string, prefix = ''): string {
  const lines = [prefix]
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? prefix
    if (line.length > prefix.length && line.length + 1 + word.length > textWidth) lines.push(prefix + word)
    else lines[lines.length - 1] = line.length > prefix.length ? `${line} ${word}` : line + word
  }
  return lines.join('\n')
}

const linesOf = (text: string) => text.split(/\r\n|[\r\n\u2028\u2029]/).map(plain)

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
const styles = {
  page: `margin:0;padding:0;background:#f3f4f6;${font}`,
  card: 'max-width:560px;background:#ffffff;border:1px solid #e5e7eb;border-radius:10px',
  title: 'margin:0 0 20px;font-size:22px;line-height:1.3;font-weight:600;color:#111827',
  text: 'margin:0 0 16px;font-size:15px;line-height:1.6;color:#374151',
  quote:
    'margin:0 0 16px;padding:12px 16px;border-left:3px solid #c7d2fe;background:#f8f9ff;font-size:15px;line-height:1.6;color:#374151',
  name: 'padding:8px 12px 0;font-size:12px;color:#6b7280',
  value:
    'padding:0 12px 8px;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:13px;line-height:1.5;color:#111827;word-break:break-all',
  button:
    'display:inline-block;padding:12px 24px;border-radius:8px;background:#3b49c9;color:#ffffff;font-size:15px;font-weight:600;text-decoration:none',
  small: 'margin:20px 0 0;font-size:12px;line-height:1.6;color:#6b7280;word-break:break-all',
  closing: 'max-width:560px;padding:20px 32px;font-size:12px;line-height:1.6;color:#6b7280',
} as const

/** Tables and inline styles, which is what mail programs agree on. */
const asHtml = ({ title, paragraphs, quote, details = [], action, closing }: Letter): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${escaped(plain(title))}</title>`,
    '</head>',
    `<body style="${styles.page}">`,
    '<table role="presentation" width="100%" cellspacing="0" cellpadding="0">',
    '<tr><td align="center" style="padding:32px 12px 8px">',
    `<table role="presentation" width="100%" cellspacing="0" cellpadding="0" style="${styles.card}">`,
    '<tr><td style="padding:32px">',
    `<h1 style="${styles.title}">${escaped(plain(title))}</h1>`,
    ...paragraphs.map(paragraph => `<p style="${styles.text}">${escaped(plain(paragraph))}</p>`),
    ...(quote ? [`<div style="${styles.quote}">${linesOf(quote).map(escaped).join('<br>\n')}</div>`] : []),
    ...(details.length > 0 ? [detailsTable(details)] : []),
    ...(action ? [button(action)] : []),
    '</td></tr>',
    '</table>',
    '</td></tr>',
    '<tr><td align="center" style="padding:0 12px 32px">',
    `<div style="${styles.closing}">${escaped(plain(closing))}</div>`,
    '</td></tr>',
    '</table>',
    '</body>',
    '</html>',
    '',
  ].join('\n')

const detailsTable = (details: NonNullable<Letter['details']>): string =>
  [
    '<table role="presentation" width="100%" cellspacing="0" cellpadding="0"',
    ' style="margin:0 0 20px;background:#f9fafb;border:1px solid #e5e7eb;border-radius:8px">',
    ...details.flatMap(([name, value]) => [
      `<tr><td style="${styles.name}">${escaped(name)}</td></tr>`,
      `<tr><td style="${styles.value}">${escaped(plain(value))}</td></tr>`,
    ]),
    '</table>',
  ].join('\n')

/** The address stands below it, for whoever's program shows no buttons, or who wants to see where it leads. */
const button = ({ label, url }: NonNullable<Letter['action']>): string =>
  [
    `<p style="margin:24px 0 0"><a href="${escaped(url)}" style="${styles.button}">${escaped(label)}</a></p>`,
    `<p style="${styles.small}">${escaped(url)}</p>`,
  ].join('\n')

const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
