// Sending the forms of our pages with hostile text in every field: what comes back is as harmless as what was there before.
import type { Fetch } from '../../../../src/http/app.ts'
import { type Form, look } from './crawl.ts'
import { type Allowed, inspect } from './inspection.ts'
import { hostile } from './values.ts'

interface Sending {
  readonly app: Fetch
  readonly allowed: Allowed
  readonly headers: Readonly<Record<string, string>>
  readonly patternOf: (pathname: string) => string
}

/** What was typed comes back whole. */
const mostBytes = 45_000

/** `plausible`: what is chosen and not typed is something that may be chosen. */
type Manner = 'odd' | 'plausible'

/** One form of each pattern, in both manners; gives what is wrong with the answers. */
export async function sendForms(forms: readonly Form[], sending: Sending) {
  const { allowed, patternOf } = sending
  const byPattern = new Map<string, Form>()
  for (const form of forms) {
    const { pathname } = new URL(form.action, allowed.here + form.at)
    if (pathname !== '/logout' && pathname !== '/set-up/leave') byPattern.set(patternOf(pathname), form)
  }
  const complaints = new Set<string>()
  for (const manner of ['odd', 'plausible'] as const)
    for (const [pattern, form] of byPattern)
      for (const words of await send(form, manner, sending)) complaints.add(`POST ${pattern} ${words}`)
  return { complaints: [...complaints], sent: [...byPattern.keys()] }
}

async function send(form: Form, manner: Manner, { app, allowed, headers }: Sending): Promise<string[]> {
  const url = new URL(form.action, allowed.here + form.at).href
  const fields = new URLSearchParams(
    form.fields.flatMap(({ name, kind, value, choices }): [string, string][] => {
      if (kind === 'hidden' || kind === 'button' || kind === 'submit') return [[name, value]]
      if (manner === 'odd') return [[name, hostile('Typed').toWellFormed()]]
      if (kind === 'select') return [[name, choices.at(-1) ?? '']]
      if (kind === 'checkbox' || kind === 'radio') return [[name, value]]
      return [[name, hostile('Typed', /mail|address|to$/.test(name) ? 20 : 40)]]
    }),
  )
  const answer = await look(app, url, {
    method: 'POST',
    headers: {
      ...headers,
      Origin: allowed.here,
      'Content-Type': 'application/x-www-form-urlencoded',
    },
    body: fields.toString(),
  })
  const complaints = [...inspect(answer, allowed, mostBytes).complaints]
  const to = answer.headers.get('location')
  const place = to === null ? null : new URL(to, url)
  if (!place) return complaints
  if (place.origin !== allowed.here) return [...complaints, `redirects to ${to}`]
  const next = await look(app, place.href, headers)
  return [...complaints, ...inspect(next, allowed).complaints]
}
