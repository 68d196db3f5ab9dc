// What every page has to be, whatever strangers have put into what it shows.
import { assets } from '../../../../src/http/look/assets.ts'
import { type Document, type Element, readMarkup } from './markup.ts'

/** With the style sheet and the script that all pages share. */
const mostBytes = 60_000 - Buffer.byteLength(assets.style.text) - Buffer.byteLength(assets.script.text)
/** A body that is to be tried again is in its form as it came, whole. */
const heavy = /\/dry-run$/

/** What is elsewhere need not be there. */
const unavailable = 503

export interface Seen {
  readonly path: string
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export interface Inspected {
  readonly complaints: ReadonlySet<string>
  readonly document: Document | undefined
}

/** Where pages may lead: to our own host, to identity providers that a domain has, and nowhere else. */
export interface Allowed {
  readonly here: string
  readonly elsewhere: (url: URL) => boolean
}

export function inspect(seen: Seen, allowed: Allowed, most = mostBytes): Inspected {
  const complaints = new Set<string>()
  const complain = (words: string) => complaints.add(words)
  checkHeaders(seen, complain)
  if (seen.status >= 500 && seen.status !== unavailable) complain(`status ${seen.status}`)
  if (!seen.headers.get('content-type')?.startsWith('text/html')) return { complaints, document: undefined }
  const bytes = Buffer.byteLength(seen.text)
  if (bytes > most && !heavy.test(seen.path)) complain(`${bytes} bytes of HTML`)
  const document = readOr(seen.text, complain)
  if (document) {
    const nonce = /script-src 'nonce-([^']+)'/.exec(policyOf(seen))?.[1]
    for (const element of document.elements) checkElement(element, { nonce, allowed, complain })
    if (unseen.test(document.shown)) complain(`an unseen character: ${around(document.shown)}`)
    checkNames(document, complain)
  }
  return { complaints, document }
}

/** What a script of ours puts into a page. */
export function inspectPart(html: string, allowed: Allowed): ReadonlySet<string> {
  const complaints = new Set<string>()
  const complain = (words: string) => complaints.add(words)
  const document = readOr(`<!doctype html>${html}`, complain)
  for (const element of document?.elements ?? []) {
    if (element.name === 'script' || element.name === 'style') complain(element.name)
    checkElement(element, { nonce: undefined, allowed, complain })
  }
  if (document && unseen.test(document.shown)) complain(`an unseen character: ${around(document.shown)}`)
  return complaints
}

type Complain = (words: string) => void

function readOr(html: string, complain: Complain): Document | undefined {
  try {
    return readMarkup(html)
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error))
    return undefined
  }
}

const policyOf = ({ headers }: Seen) => headers.get('content-security-policy') ?? ''

function checkHeaders(seen: Seen, complain: Complain): void {
  const { headers } = seen
  const policy = policyOf(seen)
  const wanted = ["default-src 'none'", "frame-ancestors 'none'"]
  const isPage = headers.get('content-type')?.startsWith('text/html')
  if (isPage) wanted.push("base-uri 'none'", "form-action 'self'", "style-src 'nonce-")
  for (const each of wanted) if (!policy.includes(each)) complain(`no ${each} in ${policy}`)
  if (/unsafe|\*(?!\.localhost|$)|data:|blob:/.test(policy.replaceAll(/:\*/g, '')))
    complain(`too open: ${policy}`)
  const expected: [string, RegExp][] = [
    ['cache-control', /^no-store$/],
    ['x-frame-options', /^DENY$/],
    ['x-content-type-options', /^nosniff$/],
    ['referrer-policy', /^(?:no-referrer|same-origin|strict-origin)$/],
  ]
  for (const [name, form] of expected) {
    const value = headers.get(name) ?? 'none'
    if (!form.test(value)) complain(`${name}: ${value}`)
  }
}

const elementNames = new Set(
  (
    'html head meta title link script body header main nav section article aside footer div span p a h1 h2 h3 h4 ul ol li dl dt dd ' +
    'noscript ins del table thead tbody tr th td form input button label select option textarea fieldset legend details summary code pre kbd ' +
    'strong em b i bdi mark time br hr wbr style svg g rect circle line path text tspan polyline polygon defs marker desc'
  ).split(' '),
)
const places = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'xlink:href',
  'data-live',
  'data-await',
  'data-checklist',
])

interface Watch {
  readonly nonce: string | undefined
  readonly allowed: Allowed
  readonly complain: Complain
}

function checkElement({ name, attributes, text }: Element, { nonce, allowed, complain }: Watch): void {
  if (!elementNames.has(name)) complain(`<${name}>`)
  if (name === 'script' || name === 'style') {
    const ours = attributes.get('nonce')
    if (ours === undefined || (name === 'script' && ours !== nonce)) complain(`${name} without the nonce`)
    if (/zq[A-Z]/.test(text)) complain(`a stranger's text in a ${name}`)
  }
  for (const [attribute, value] of attributes) {
    if (/^on/i.test(attribute) || attribute === 'style' || attribute === 'srcdoc')
      complain(`${attribute}="${value}"`)
    if (places.has(attribute)) checkPlace({ name, attributes }, value, { allowed, complain })
    if (!kept.has(attribute) && unseen.test(value))
      complain(`an unseen character in ${attribute}: ${around(value)}`)
  }
}

/** A field gives back what was typed into it, letter by letter. */
const kept = new Set(['value'])

function checkPlace(
  { name, attributes }: Pick<Element, 'name' | 'attributes'>,
  place: string,
  { allowed: { here, elsewhere }, complain }: Omit<Watch, 'nonce'>,
): void {
  const url = URL.parse(place, here)
  if (/[\s\p{C}<>"\\]/u.test(place)) complain(`a place with odd characters: ${place}`)
  if (url?.origin === here || (url?.protocol === 'mailto:' && name === 'a')) return
  if (!url || !elsewhere(url)) complain(`leads to ${place}`)
  else if (name === 'a' && !/\bnoopener\b|\bnoreferrer\b/.test(attributes.get('rel') ?? ''))
    complain(`leads to ${place} without rel="noopener"`)
}

/** Each id is there once: what a script or a label finds by it is what was meant. */
function checkNames({ elements }: Document, complain: Complain): void {
  const ids = elements.flatMap(({ attributes }) => attributes.get('id') ?? [])
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at)
  if (twice.length > 0) complain(`ids that are there twice: ${[...new Set(twice)].slice(0, 5).join(' ')}`)
  const odd = ids.filter(id => !/^[\w-]+$/.test(id))
  if (odd.length > 0) complain(`odd ids: ${odd.slice(0, 3).join(' ')}`)
}

/** Line breaks and tabs are seen. */
const unseen = /[^\P{Cc}\n\t]|[\p{Cf}\p{Cs}\p{DI}\u2028\u2029]/u
const around = (text: string): string => {
  const at = text.search(unseen)
  return JSON.stringify(text.slice(Math.max(0, at - 60), at + 20))
}
