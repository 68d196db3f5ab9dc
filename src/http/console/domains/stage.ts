// One step on a domain's page: which it is, how far it has come, what just came of its form, and the frame around it.
import { html } from 'hono/html'
import type { Refusal } from '../../../base/refusal.ts'
import type { VerificationCheck } from '../../../domain/verification.ts'
import type { Progress } from '../../../manage/domains/progress.ts'
import type { Markup } from '../../look/page.ts'
import { csrfField } from '../../look/words.ts'
import { doneNotice, refusalNotice } from '../notice.ts'
import type { Part, Workplace } from './stepper.ts'

/** A step, and which of its forms; without one it is the step as a whole. */
export interface Where {
  readonly part: Part
  readonly form?: 'source' | 'attributes' | 'joining'
}

/** What the form that was just sent came to, and where that is said. */
export interface Happened extends Where {
  readonly check?: VerificationCheck
  /** Shown this once. */
  readonly token?: string | null
  readonly refusal?: Refusal
  /** What was done, in a sentence. */
  readonly done?: string
}

export interface Stage {
  readonly place: Workplace
  readonly progress: Progress
  readonly happened: Happened | undefined
  readonly number: number
  /** `now`: the first that is not done. */
  readonly state: 'done' | 'now' | 'later'
}

interface Step {
  readonly part: Part
  readonly title: string
  /** How far it has come, in a word. */
  readonly status: Markup
  readonly body: Markup
}

export const showStep = (
  { happened, number, state }: Stage,
  { part, title, status, body }: Step,
): Markup => html`<section id="${part}" class="step ${state}">
<div class="row"><h2>${number} ${title}</h2>${status}</div>
${happened?.part === part && happened.form === undefined ? cameOf(happened) : ''}
${body}</section>`

const cameOf = ({ refusal, done }: Happened): Markup | '' => {
  if (refusal) return refusalNotice(refusal)
  return done === undefined ? '' : doneNotice(done)
}

/** Why this very form was refused; undefined when it was not. */
export const refusedIn = ({ happened }: Stage, form: NonNullable<Where['form']>): Refusal | undefined =>
  happened?.form === form ? happened.refusal : undefined

const carried = ['guide', 'idp'] as const

/** Where a form or a link of a step leads, and back to the step; the guide that is open stays open. */
export function pathOf({ base, c }: Workplace, path: string, part: Part): string {
  const query = new URLSearchParams(
    carried.flatMap(name => {
      const value = c.req.query(name)
      return value === undefined ? [] : [[name, value] as [string, string]]
    }),
  )
  return `${base}${path}${query.size > 0 ? `?${query}` : ''}#${part}`
}

interface Form {
  readonly path: string
  readonly part: Part
  readonly hasFiles?: true
}

export const openForm = (place: Workplace, { path, part, hasFiles }: Form, content: Markup): Markup =>
  html`<form method="post" action="${pathOf(place, path, part)}"${hasFiles ? html` enctype="multipart/form-data"` : ''}>${csrfField(place)}
${content}</form>`
