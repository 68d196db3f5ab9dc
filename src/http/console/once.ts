// Forms whose answer shows a secret this once: the same form come again, as when its answer is loaded anew, makes nothing.
import { randomBytes } from 'node:crypto'
import type { Context as HonoContext } from 'hono'
import { html } from 'hono/html'
import { Refusal } from '../../base/refusal.ts'
import { digestOf } from '../../base/secret.ts'
import type { Context } from '../../context.ts'
import { keepAnswer, setFree, takeTurn } from '../../manage/idempotency.ts'
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
  const made = await deed().catch(async error => {
    await setFree(ctx, request, startedAt)
    throw error
  })
  const answer = { status: 200, contentType: null, body: startedAt }
  await keepAnswer(ctx, request, { startedAt, answer }).catch(error =>
    // It was made, and its maker sees that.
    ctx.log.error({ err: error, requestId: c.get('requestId') }, 'that a form was sent could not be kept'),
  )
  return made
}

const madeAlready = (at: string) =>
  new Refusal(
    'conflict',
    'made_already',
    `This was made already, at ${at.slice(0, 19).replace('T', ' ')} UTC: the same form has come twice, as it does when its answer is loaded anew. Nothing was made now. The secret was shown once; make a new one if you lost it.`,
  )

const underWay = () =>
  new Refusal(
    'conflict',
    'under_way',
    'The same form has come twice, and what it asks for is being made at this moment. Nothing was made by the second one.',
  )
