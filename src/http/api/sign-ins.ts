// Sign-ins through a domain's SAML over HTTP: starting a test, and the log of every attempt.
import { z } from 'zod'
import { testUrlOf } from '../../login/saml/test-link.ts'
import { requireDomain } from '../../manage/domains/domains.ts'
import { requireSamlSetUp } from '../../manage/domains/saml-fields.ts'
import { readSignIns, streamSignIns } from '../../manage/domains/sign-ins.ts'
import { inOrganization } from './mount/operation.ts'
import { ndjson, numberedPage, numberedPageOf, pageOf, placeOf } from './mount/paging.ts'
import { choice, instant, param } from './mount/params.ts'
import * as shapes from './mount/shapes.ts'

const kinds = ['sp', 'idp', 'test'] as const
const outcomes = ['accepted', 'refused'] as const

const filters = numberedPage.extend({
  search: param().optional(),
  after: instant().optional(),
  before: instant().optional(),
  kind: choice(kinds).optional(),
  outcome: choice(outcomes).optional(),
  code: param().optional(),
  email: param().toLowerCase().optional(),
  trace_id: param().optional(),
  person_id: param().toLowerCase().optional(),
})

const step = z.object({
  name: z.string(),
  outcome: z.enum(['passed', 'failed', 'not_reached']),
  expected: z.string().nullable(),
  got: z.string().nullable(),
  ms: z.number().nullable().describe('Since the step before it ended; null for what was not measured.'),
})

const result = z.object({
  by: z.enum(['membership', 'invite', 'jit']),
  level: z.int(),
  is_new_person: z.boolean(),
  session_id: shapes.id,
  session_ends_at: shapes.instant,
})

const signIn = z
  .object({
    id: shapes.id,
    trace_id: z.string().describe('What the person was shown.'),
    created_at: shapes.instant,
    kind: z.enum(kinds),
    outcome: z.enum(outcomes),
    code: z.string().nullable(),
    advice: z.string().nullable().describe('What an administrator can do about it.'),
    email: z.string().nullable(),
    name_id: z.string().nullable(),
    person_id: shapes.id.nullable(),
    steps: z.array(step),
    attributes: z.record(z.string(), z.array(z.string())),
    certificate_fingerprint: z.string().nullable(),
    idp_clock_offset_ms: z.number().nullable(),
    duration_ms: z.number(),
    ip: z.string().nullable(),
    response_xml: z.string().nullable().describe('Of tests and refusals, for seven days.'),
    request_id: z.string().nullable().describe('The request of ours that it answers, where one waited.'),
    requested_at: shapes.instant.nullable(),
    request_xml: z.string().nullable().describe('Of tests and refusals, for seven days.'),
    result: result.nullable().describe('What became of one that was accepted.'),
  })
  .meta({ id: 'SignIn' })

export const startTest = inOrganization({
  id: 'startSamlTest',
  summary: 'Start a test sign-in, which signs nobody in',
  body: z.object({}),
  answer: z.object({ login_url: shapes.url }),
  run: async (ctx, { caller, id, body }) => {
    const domain = await requireDomain(ctx, caller, id('id'))
    await body()
    requireSamlSetUp(domain)
    return { login_url: testUrlOf(ctx, domain) }
  },
})

export const samlLog = inOrganization({
  id: 'listSamlLog',
  summary: 'Every attempt to sign in through the SAML of a domain, newest first',
  query: filters,
  answer: pageOf(signIn),
  line: signIn,
  run: async (ctx, { caller, c, url, id: idOf, query }) => {
    const { id } = await requireDomain(ctx, caller, idOf('id'))
    const asked = query()
    const { search: term, after, before, kind, outcome, code, email } = asked
    const search = {
      search: term,
      after,
      before,
      kind,
      outcome,
      code,
      email,
      traceId: asked.trace_id,
      personId: asked.person_id,
    }
    if (asked.format === 'ndjson') return ndjson(c, streamSignIns(ctx, id, search))
    return numberedPageOf(url, asked, await readSignIns(ctx, id, { search, ...placeOf(asked) }))
  },
})
