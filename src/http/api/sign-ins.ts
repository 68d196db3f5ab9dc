// Sign-ins through a domain's SAML over HTTP: starting a test, and the log of every attempt.
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { testUrlOf } from '../../login/saml/test-link.ts'
import type { Caller } from '../../manage/caller.ts'
import { requireDomain } from '../../manage/domains.ts'
import { requireSamlSetUp } from '../../manage/saml-fields.ts'
import { readSignIns, streamSignIns } from '../../manage/sign-ins.ts'
import { parse, readJson } from './body.ts'
import { ndjson, numberedPageOf, readFormat, readNumberedPage } from './paging.ts'
import { type ApiContext, readChoice, readInstant, readParam, readPathId } from './request.ts'

export async function startTest(ctx: Context, caller: Caller, c: ApiContext) {
  const domain = await requireDomain(ctx, caller, readPathId(c, 'id'))
  parse(z.object({}), await readJson(c))
  requireSamlSetUp(domain)
  return c.json({ login_url: testUrlOf(ctx, domain) })
}

export async function samlLog(ctx: Context, caller: Caller, c: ApiContext) {
  const { id } = await requireDomain(ctx, caller, readPathId(c, 'id'))
  const page = readNumberedPage(ctx, c)
  const search = {
    search: readParam(c, 'search'),
    after: readInstant(c, 'after'),
    before: readInstant(c, 'before'),
    kind: readChoice(c, 'kind', ['sp', 'idp', 'test']),
    outcome: readChoice(c, 'outcome', ['accepted', 'refused']),
    code: readParam(c, 'code'),
    email: readParam(c, 'email')?.toLowerCase(),
    traceId: readParam(c, 'trace_id'),
    personId: readParam(c, 'person_id')?.toLowerCase(),
  }
  if (readFormat(c) === 'ndjson') return ndjson(c, streamSignIns(ctx, id, search))
  return c.json(numberedPageOf(page, await readSignIns(ctx, id, { search, ...page })))
}
