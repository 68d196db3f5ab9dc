// The SAML endpoints of a domain: what it is told about us, the way out to its identity provider, and the way back.
import { readId } from '../../base/id.ts'
import { missing } from '../../base/refusal.ts'
import { mostPostedBytes } from '../../login/saml/arrival.ts'
import { finishSignIn } from '../../login/saml/finish.ts'
import { readSpMetadata } from '../../login/saml/metadata.ts'
import { type Started, startAtDomain, startForAddress, type Wish } from '../../login/saml/start.ts'
import { readBindingCookie, setBindingCookie } from '../cookies.ts'
import { showPage } from '../look/page.ts'
import { BodyTooLarge, readBody } from '../request.ts'
import { type Call, enter, originOf } from './call.ts'
import { postPage, problemPage } from './pages.ts'
import { testPage } from './test-page.ts'

/** A malformed id names no domain. */
const domainIdIn = ({ c }: Call) => readId(c.req.param('domain') ?? '') ?? ''

export async function metadata(call: Call): Promise<Response> {
  const xml = await readSpMetadata(call.ctx, domainIdIn(call))
  if (xml === undefined) throw missing('There is no domain by this address.')
  return call.c.body(xml, 200, { 'Content-Type': 'application/samlmetadata+xml; charset=utf-8' })
}

export async function start(call: Call): Promise<Response> {
  return depart(call, await startAtDomain(call.ctx, domainIdIn(call), wishIn(call)))
}

export async function startByAddress(call: Call): Promise<Response> {
  const email = call.c.req.query('email') ?? ''
  return depart(call, await startForAddress(call.ctx, email, wishIn(call)))
}

function wishIn({ ctx, c }: Call): Wish {
  return {
    next: c.req.query('next'),
    loginHint: c.req.query('login_hint')?.slice(0, 254).toWellFormed(),
    force: c.req.query('force') === '1',
    test: c.req.query('test'),
    binding: readBindingCookie(c, ctx.config),
    requestId: c.get('requestId'),
  }
}

async function depart({ ctx, c }: Call, started: Started): Promise<Response> {
  if (started.outcome === 'refused') return showPage(c, started.notice.status, problemPage(started.notice))
  const { binding, sent } = started
  setBindingCookie(c, ctx.config, binding)
  return sent.by === 'redirect' ? c.redirect(sent.url, 302) : showPage(c, 200, postPage(sent))
}

/** The one place that other sites may post to. */
export async function consume(call: Call): Promise<Response> {
  const { ctx, judge, c } = call
  const finished = await finishSignIn(ctx, judge, {
    domainId: domainIdIn(call),
    body: await readPost(call),
    contentType: c.req.header('content-type'),
    binding: readBindingCookie(c, ctx.config),
    ...originOf(call),
  })
  if (finished.outcome === 'signed_in') return enter(call, finished)
  if (finished.outcome === 'tested') return showPage(c, 200, testPage(finished.report))
  return showPage(c, finished.notice.status, problemPage(finished.notice))
}

async function readPost({ c }: Call): Promise<Uint8Array | null> {
  try {
    return await readBody(c, mostPostedBytes)
  } catch (error) {
    if (error instanceof BodyTooLarge) return null
    throw error
  }
}
