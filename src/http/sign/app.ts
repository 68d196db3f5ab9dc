// The pages behind the secret link in the mail: the agreement to read and sign, and the thanks afterwards.
import { Hono } from 'hono'
import { Refusal } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { openAgreement, signAgreement } from '../../manage/legal/signing.ts'
import { explain } from '../explained.ts'
import { showPage } from '../look/page.ts'
import { refuseOtherSites } from '../own-pages.ts'
import { createPublicLimit } from '../public-limit.ts'
import { begin, type HttpEnv, readBody } from '../request.ts'
import { agreementPage, alreadySignedPage, deadLinkPage, thanksPage, troublePage } from './pages.ts'

const mostFormBytes = 16 * 1024
const longestName = 200
const longestAgent = 500

export function createSignApp(ctx: Context): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  const limit = createPublicLimit(ctx.config.publicRateLimit)
  app.use(begin(ctx), async (c, next) => {
    await limit(c.get('ip'))
    c.header('X-Robots-Tag', 'noindex')
    await next()
  })

  app.get('/sign/:secret', async c => {
    const agreement = await openAgreement(ctx, c.req.param('secret'))
    return showPage(c, 200, agreement.isSigned ? thanksPage(agreement) : agreementPage(agreement))
  })

  app.post('/sign/:secret', async c => {
    refuseOtherSites(c, ctx.config)
    const secret = c.req.param('secret')
    const form = new URLSearchParams(new TextDecoder().decode(await readBody(c, mostFormBytes)))
    const typed = { name: words(form.get('name')), title: words(form.get('title')) }
    const agreement = await openAgreement(ctx, secret)
    const complaint = complaintAbout(typed, form.get('agree') === 'yes')
    if (complaint !== undefined && !agreement.isSigned)
      return showPage(c, 400, agreementPage(agreement, { ...typed, complaint }))
    const signed = await signAgreement(ctx, secret, {
      ...typed,
      ip: c.get('ip'),
      userAgent: words(c.req.header('user-agent') ?? '').slice(0, longestAgent),
      requestId: c.get('requestId'),
    })
    return showPage(c, 200, thanksPage(signed))
  })

  app.notFound(c => showPage(c, 404, deadLinkPage))
  app.onError((error, c) => {
    if (error instanceof Refusal && error.kind === 'missing') return showPage(c, 404, deadLinkPage)
    if (error instanceof Refusal && error.kind === 'conflict') return showPage(c, 409, alreadySignedPage)
    const known = explain(error)
    if (known?.retryAfterSeconds !== undefined) c.header('Retry-After', String(known.retryAfterSeconds))
    if (known) return showPage(c, known.status, troublePage(known.sentence))
    ctx.log.error({ err: error, requestId: c.get('requestId') }, 'request failed')
    return showPage(
      c,
      500,
      troublePage(`Something went wrong on our side. Request id: ${c.get('requestId')}.`),
    )
  })
  return app
}

/** On one line, without what cannot be seen or stored. */
const words = (text: string | null): string =>
  (text ?? '')
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()

function complaintAbout(
  { name, title }: { name: string; title: string },
  hasAgreed: boolean,
): string | undefined {
  if (name === '') return 'Please type your full name.'
  if (title === '') return 'Please type your title.'
  if (name.length > longestName || title.length > longestName)
    return `Please keep name and title within ${longestName} characters.`
  return hasAgreed ? undefined : 'Please tick the box to agree.'
}
