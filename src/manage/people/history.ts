// All that is written down about somebody, each kind newest first: audit rows, attempts to change their users, sign-ins.
import type { Context } from '../../context.ts'
import { listScimWrites, type ScimWrite } from '../../store/domain/scim-writes.ts'
import type { AuditRow } from '../../store/records/audit.ts'
import { type About, listAuditAbout, listAuditOfTarget, type Page } from '../../store/records/audit-about.ts'
import { listSignInHeads, type SignInHead } from '../../store/sign-in/sign-ins.ts'
import type { Caller } from '../caller.ts'
import { mergeNewest } from './folding.ts'
import type { Subject } from './subject.ts'

interface Happening {
  readonly id: string
  readonly requestId: string | null
  readonly isRequest: boolean
}

export type AuditHappening = Happening & { readonly kind: 'audit'; readonly row: AuditRow }
export type ScimHappening = Happening & { readonly kind: 'scim'; readonly row: ScimWrite }
export type SignInHappening = Happening & { readonly kind: 'sign_in'; readonly row: SignInHead }
export type AnyHappening = AuditHappening | ScimHappening | SignInHappening

interface Place {
  readonly ctx: Context
  readonly caller: Caller
  readonly subject: Subject
  /** An id that all of it is older than. */
  readonly before: string
}

const batchSize = 40

async function* inBatches<Row extends { readonly id: string }>(
  start: string,
  read: (page: Page) => Promise<Row[]>,
): AsyncGenerator<Row, void> {
  for (let before: string | undefined = start; before !== undefined; ) {
    const rows: Row[] = await read({ before, limit: batchSize })
    yield* rows
    before = rows[batchSize - 1]?.id
  }
}

/** Their users, deleted ones too, each with its domain. */
export const usersOf = ({ users, former }: Subject) => [
  ...users.map(({ domain_id: domainId, id }) => ({ domainId, id })),
  ...former.map(({ domain_id: domainId, user_id: id }) => ({ domainId, id })),
]

/** `about`: of the person alone, which leaves out what was done to their users. */
export function readAudit(place: Place, about: 'all' | 'person' = 'all'): AsyncIterable<AuditHappening> {
  const { ctx, caller, subject, before } = place
  const list = (read: typeof listAuditAbout, subjectId: string) => {
    const key: About = { organizationId: caller.organizationId, subject: subjectId }
    return inBatches(before, page => read(ctx.db, key, page))
  }
  const own = [subject.personId, subject.address].flatMap(id =>
    id === null ? [] : [list(listAuditAbout, id)],
  )
  const users = about === 'person' ? [] : usersOf(subject)
  const sources = [
    ...own,
    ...users.map(({ id }) => list(listAuditAbout, id)),
    ...users.map(({ id }) => list(listAuditOfTarget, id)),
  ]
  return asHappenings(mergeNewest(sources), row => ({
    kind: 'audit',
    id: row.id,
    requestId: row.request_id,
    isRequest: false,
    row,
  }))
}

export function readScim({ ctx, subject, before }: Place): AsyncIterable<ScimHappening> {
  const sources = usersOf(subject).map(({ domainId, id: resourceId }) =>
    inBatches(before, page => listScimWrites(ctx.db, { domainId, resourceId }, page)),
  )
  return asHappenings(mergeNewest(sources), row => ({
    kind: 'scim',
    id: row.id,
    requestId: row.request_id,
    isRequest: true,
    row,
  }))
}

/** Through SAML: as the person, and those that were refused by the address. */
export function readSignIns({ ctx, caller, subject, before }: Place): AsyncIterable<SignInHappening> {
  const { organizationId } = caller
  const list = (search: { personId: string } | { email: string }) =>
    inBatches(before, page =>
      listSignInHeads(ctx.db, { organizationId }, { search, limit: page.limit, beforeId: page.before }),
    )
  const { personId, address } = subject
  const sources = [
    ...(personId === null ? [] : [list({ personId })]),
    ...(address === null ? [] : [ofNobodyElse(list({ email: address }), personId)]),
  ]
  return asHappenings(mergeNewest(sources), row => ({
    kind: 'sign_in',
    id: row.id,
    requestId: row.trace_id,
    isRequest: true,
    row,
  }))
}

/** A NameID may stand for somebody else than whose address came with it. */
async function* ofNobodyElse(rows: AsyncIterable<SignInHead>, personId: string | null) {
  for await (const row of rows) if (row.person_id === null || row.person_id === personId) yield row
}

async function* asHappenings<Row, H extends AnyHappening>(rows: AsyncIterable<Row>, make: (row: Row) => H) {
  for await (const row of rows) yield make(row)
}
