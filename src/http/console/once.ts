// Forms whose answer is shown once, with its secret: the same form come again, as when the answer is loaded anew, makes nothing.
import { randomBytes } from 'node:crypto'
import type { Context as HonoContext } from 'hono'
import { html } from 'hono/html'
import { Refusal } from '../../base/refusal.ts'
import { digestOf } from '../../base/secret.ts'
import type { Context } from '../../context.ts'
import { doFirst, takeTurn } from '../../manage/idempotency.ts'
import type { Markup } from '../look/page.ts'
import type { HttpEnv } from '../request.ts'

interface Place {
  readonly ctx: Context
  readonly c: HonoContext<HttpEnv>
  readonly form: URLSearchParams
  readonly csrfToken: string
}

/** Another one each time a page is made. */
export const onceField = (): Markup =>
  html`<input type="hidden" name="once" value="${randomBytes(16).toString('base64url')}">`

/** Does what has not been done yet by this very form; a refusal leaves it free to be sent again. */
export async function once<T>(place: Place, deed: () => Promise<T>): Promise<T> {
  const { ctx, c, form, csrfToken } = place
  // Every page of ours says which form it is.
  if (!form.has('once')) return deed()
  // Whoever goes back and types something else has another form.
  const key = digestOf(`${c.req.path}\n${form}`)
  const request = { credentialId: digestOf(csrfToken), key, fingerprint: key }
  const turn = await takeTurn(ctx, request)
  if (turn.outcome === 'answered') throw madeAlready(turn.answer.body)
  if (turn.outcome !== 'first') throw underWay()
  const { startedAt } = turn
  const answerOf = () => ({ status: 200, contentType: null, body: startedAt })
  return doFirst(ctx, { request, startedAt, requestId: c.get('requestId'), deed, answerOf })
}

const madeAlready = (at: string) =>
  new Refusal(
    'conflict',
    'made_already',
    `This was made already, at ${at.slice(0, 19).replace('T', ' ')} UTC: the same form has come twice, as it does when its answer is loaded anew. Nothing was made now. A secret is shown only once: if you lost it, make a new one.`,
  )

const underWay = () =>
  new Refusal(
    'conflict',
    'under_way',
    'The same form has come twice, and what it asks for is being made at this moment. Nothing was made by the second one.',
  )
