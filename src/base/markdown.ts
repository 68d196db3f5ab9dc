// The little Markdown that agreements are written in: headings, paragraphs, lists, bold and italic; nothing else is markup.

export interface Span {
  readonly text: string
  readonly isBold: boolean
  readonly isItalic: boolean
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly spans: readonly Span[] }
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[] }
  /** `marker` is `•` or a number with its full stop. */
  | { readonly kind: 'item'; readonly marker: string; readonly spans: readonly Span[] }

const headingForm = /^(#{1,3}) +(.*?) *#* *$/
const itemForm = /^ {0,3}(?:[-*+]|(\d{1,3})[.)]) +(.*)$/

/** Lines that belong together become one block; a blank line ends it. */
export function parseMarkdown(markdown: string): Block[] {
  const blocks: Block[] = []
  let open: { marker: string | null; lines: string[] } | undefined
  const close = () => {
    if (open) blocks.push(blockOf(open.marker, open.lines.join(' ')))
    open = undefined
  }
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    const heading = headingForm.exec(line)
    const item = itemForm.exec(line)
    if (heading || item || line.trim() === '') close()
    if (heading) blocks.push(headingOf(heading[1]?.length ?? 1, heading[2] ?? ''))
    else if (item) open = { marker: item[1] === undefined ? '•' : `${item[1]}.`, lines: [item[2] ?? ''] }
    else if (line.trim() !== '') {
      open ??= { marker: null, lines: [] }
      open.lines.push(line.trim())
    }
  }
  close()
  return blocks
}

const headingOf = (depth: number, text: string): Block => ({
  kind: 'heading',
  level: depth === 1 ? 1 : depth === 2 ? 2 : 3,
  spans: parseSpans(text),
})

const blockOf = (marker: string | null, text: string): Block =>
  marker === null
    ? { kind: 'paragraph', spans: parseSpans(text) }
    : { kind: 'item', marker, spans: parseSpans(text) }

/** A backslash takes the meaning from what follows; marks without a partner are just characters. */
function parseSpans(text: string): Span[] {
  const spans: Span[] = []
  let isBold = false
  let isItalic = false
  let from = 0
  let plain = ''
  const flush = () => {
    if (plain !== '') spans.push({ text: plain, isBold, isItalic })
    plain = ''
  }
  while (from < text.length) {
    const rest = text.slice(from, from + 2)
    const mark = rest === '**' ? '**' : rest[0] === '*' ? '*' : undefined
    if (rest[0] === '\\' && rest.length === 2 && /[!-/:-@[-`{-~]/.test(rest[1] ?? '')) {
      plain += rest[1]
      from += 2
    } else if (mark === undefined || !opensOrCloses(text, from, mark === '**' ? isBold : isItalic, mark)) {
      plain += rest[0]
      from += 1
    } else {
      flush()
      if (mark === '**') isBold = !isBold
      else isItalic = !isItalic
      from += mark.length
    }
  }
  flush()
  return spans
}

/** A mark that is open is closed by the next; one opens only where another closes it later. */
function opensOrCloses(text: string, at: number, isOpen: boolean, mark: string): boolean {
  if (isOpen) return true
  const rest = text.slice(at + mark.length).replaceAll(/\\./g, '  ')
  return !/^\s/.test(rest) && rest.includes(mark)
}

/** The text as it stands, on one line: nothing in it is markup. */
export const escapeMarkdown = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\*#_`~<>[\](){}+\-.!|]/g, '\\$&')
