// Following every link of our pages, and the address of every form, as somebody who only looks.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fetch } from '../../../../src/http/app.ts'
import { type Allowed, inspect, type Seen } from './inspection.ts'
import type { Document } from './markup.ts'
import { markersIn } from './values.ts'

export interface Crawl {
  readonly app: Fetch
  readonly allowed: Allowed
  /** With the cookie of whoever looks. */
  readonly headers: Readonly<Record<string, string>>
  readonly start: readonly string[]
  /** At most so many pages by each pattern, and in all. */
  readonly mostByPattern: number
  readonly most: number
  /** A query that the first page of each pattern is asked with as well. */
  readonly query: string
  /** Which route a path belongs to. */
  readonly patternOf: (pathname: string) => string
}

export interface Crawled {
  /** How many pages were seen, by the pattern of their path. */
  readonly patterns: Map<string, number>
  readonly complaints: string[]
  /** Fields whose text was met on a page. */
  readonly fields: Set<string>
  readonly forms: Form[]
  /** The bytes of the heaviest page of each pattern. */
  readonly weights: Map<string, number>
}

export interface Form {
  /** The page that it stands on. */
  readonly at: string
  readonly action: string
  readonly fields: readonly Field[]
}

interface Field {
  readonly name: string
  /** `text`, `hidden`, `select`, … */
  readonly kind: string
  readonly value: string
  /** Of a select. */
  readonly choices: string[]
}

/** The documentation has nothing of a stranger's in it; whoever signs out sees no more. */
const notOurs = /^\/(?:docs|openapi\.json|logout|assets)\b/

export async function crawl({ app, allowed, headers, start, query, ...limits }: Crawl): Promise<Crawled> {
  const crawled: Crawled = {
    patterns: new Map(),
    complaints: [],
    fields: new Set(),
    forms: [],
    weights: new Map(),
  }
  const known = new Set(start)
  const queue = [...start]
  let pages = 0
  const add = (place: string | undefined, from: string) => {
    const url = place === undefined ? null : URL.parse(place, allowed.here + from)
    if (url?.origin !== allowed.here || notOurs.test(url.pathname)) return
    const path = url.pathname + url.search
    if (!known.has(path)) queue.push(path)
    known.add(path)
  }
  for (let path = queue.shift(); path !== undefined && pages < limits.most; path = queue.shift()) {
    const { pathname } = new URL(path, allowed.here)
    const pattern = limits.patternOf(pathname)
    const before = crawled.patterns.get(pattern) ?? 0
    if (before === 0) add(`${pathname}?${query}`, path)
    if (before >= limits.mostByPattern) continue
    crawled.patterns.set(pattern, before + 1)
    pages += 1
    const seen = await look(app, allowed.here + path, headers)
    const { complaints, document } = inspect(seen, allowed)
    crawled.complaints.push(...[...complaints].map(words => `${pattern} ${words}`))
    const to = seen.headers.get('location')
    if (to !== null) checkRedirect(seen, to, { allowed, complaints: crawled.complaints })
    add(to ?? undefined, path)
    if (!document) continue
    crawled.weights.set(pattern, Math.max(crawled.weights.get(pattern) ?? 0, Buffer.byteLength(seen.text)))
    for (const field of markersIn(document)) crawled.fields.add(field)
    for (const place of placesIn(document)) add(place, path)
    crawled.forms.push(...formsIn(document, path))
  }
  return crawled
}

/** A page that goes on is heard until it says something. */
export async function look(
  app: Fetch,
  url: string,
  init: RequestInit | Readonly<Record<string, string>>,
): Promise<Seen> {
  const response = await app(
    new Request(url, 'method' in init ? init : { headers: init as Record<string, string> }),
  )
  const { pathname, search } = new URL(url)
  const isEndless = response.headers.get('content-type')?.startsWith('text/event-stream')
  const text = isEndless ? await firstWords(response) : await response.text()
  return { path: pathname + search, status: response.status, headers: response.headers, text }
}

async function firstWords(response: Response, most = 1): Promise<string> {
  const reader = response.body?.getReader()
  let text = ''
  for (let read = 0; read < most; read++) text += new TextDecoder().decode((await reader?.read())?.value)
  await reader?.cancel()
  return text
}

/** The HTML of so many rows as a live page puts them into itself; waited for while others still listen. */
export async function listen(
  app: Fetch,
  url: string,
  { headers, rows }: { headers: Record<string, string>; rows: number },
): Promise<string[]> {
  const response = await app(new Request(url, { headers }))
  if (response.status === 429) {
    await sleep(250)
    return listen(app, url, { headers, rows })
  }
  const text = await firstWords(response, rows)
  return [...text.matchAll(/^event: row\ndata: (.*)$/gm)].map(([, data = '']) => String(JSON.parse(data)))
}

function checkRedirect(
  { path }: Seen,
  to: string,
  { allowed, complaints }: { allowed: Allowed; complaints: string[] },
): void {
  const url = URL.parse(to, allowed.here + path)
  if (!url || (url.origin !== allowed.here && !allowed.elsewhere(url)))
    complaints.push(`${path}: redirects to ${to}`)
}

const followed = ['href', 'data-live', 'data-await', 'data-checklist', 'action', 'formaction'] as const

function* placesIn({ elements }: Document): Generator<string> {
  for (const { name, attributes } of elements) {
    if (name === 'link') continue
    for (const each of followed) {
      const place = attributes.get(each)
      if (place !== undefined) yield place
    }
  }
}

/** Those that change something, each with the fields that stand between it and the next. */
function formsIn({ elements }: Document, at: string): Form[] {
  const forms: Form[] = []
  let fields: Field[] = []
  for (const { name: element, attributes, text } of elements) {
    if (element === 'form') {
      fields = []
      if (attributes.get('method') === 'post')
        forms.push({ at, action: attributes.get('action') ?? at, fields })
    }
    const last = fields.at(-1)
    if (element === 'option' && last?.kind === 'select') last.choices.push(attributes.get('value') ?? text)
    // A button of one form that serves many rows.
    const own = attributes.get('formaction')
    if (own !== undefined) forms.push({ at, action: own, fields })
    const name = attributes.get('name')
    if (name === undefined || !fieldElements.has(element)) continue
    const kind = element === 'input' ? (attributes.get('type') ?? 'text') : element
    fields.push({ name, kind, value: attributes.get('value') ?? text, choices: [] })
  }
  return forms
}

const fieldElements = new Set(['input', 'textarea', 'select', 'button'])
