// The log of sign-ins through a domain's SAML: one row for each attempt, read newest first.
import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import type { Db } from '../db.ts'
import { type DatabaseKind, foldSql, kindOf } from '../dialect.ts'
import type { SignInsTable } from '../tables/sign-ins.ts'
import type { Tables } from '../tables/tables.ts'

export type SignIn = SignInsTable

/** What became of a sign-in that was accepted, as `result` keeps it. */
export interface SignInResult {
  readonly by: 'membership' | 'invite' | 'jit'
  /** Of the member, afterwards. */
  readonly level: number
  readonly is_new_person: boolean
  readonly session_id: string
  readonly session_ends_at: string
}

export const insertSignIn = (tx: Db, row: SignIn) => tx.insertInto('sign_ins').values(row).execute()

/** Inclusive bounds; what is left out does not limit. */
export interface SignInSearch {
  after?: string | undefined
  before?: string | undefined
  kind?: SignIn['kind'] | undefined
  outcome?: SignIn['outcome'] | undefined
  code?: string | undefined
  /** In full, lower-cased. */
  email?: string | undefined
  traceId?: string | undefined
  personId?: string | undefined
  /** Part of the address, the NameID or the code, in any case. */
  search?: string | undefined
}

/** Those of a domain, or of all domains of an organization. */
export type SignInPlace = { readonly domainId: string } | { readonly organizationId: string }

interface Page {
  readonly search: SignInSearch
  readonly limit: number
  readonly offset?: number
  readonly beforeId?: string | undefined
  readonly afterId?: string | undefined
}

/** Newest first; ids begin with their time. `beforeId` goes on after the last row of a batch. */
export const listSignIns = (db: Db, place: SignInPlace, page: Page): Promise<SignIn[]> =>
  paged(db, place, page).selectAll().execute()

/** The same without what identity providers sent. */
export const listSignInHeads = (db: Db, place: SignInPlace, page: Page): Promise<SignInHead[]> =>
  paged(db, place, page).select(head).execute()

const head = [
  'domain_id',
  'id',
  'trace_id',
  'created_at',
  'kind',
  'outcome',
  'code',
  'email',
  'name_id',
  'person_id',
  'steps',
  'duration_ms',
] as const

export type SignInHead = Pick<SignIn, (typeof head)[number]>

export const findSignIn = (db: Db, domainId: string, id: string): Promise<SignIn | undefined> =>
  within(db, { domainId }).where('id', '=', id).selectAll().executeTakeFirst()

/** The next newer one of the domain. */
export const findSignInAfter = (
  db: Db,
  domainId: string,
  id: string,
): Promise<Pick<SignIn, 'id'> | undefined> =>
  within(db, { domainId }).where('id', '>', id).select('id').orderBy('id').limit(1).executeTakeFirst()

export async function countSignIns(db: Db, place: SignInPlace, search: SignInSearch): Promise<number> {
  const { total } = await matching(db, place, search)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

function paged(db: Db, place: SignInPlace, { search, limit, offset = 0, beforeId, afterId }: Page) {
  let query = matching(db, place, search)
  if (beforeId !== undefined) query = query.where('id', '<', beforeId)
  if (afterId !== undefined) query = query.where('id', '>', afterId)
  return query.orderBy('id', 'desc').limit(limit).offset(offset)
}

type Query = SelectQueryBuilder<Tables, 'sign_ins', object>

const within = (db: Db, place: SignInPlace): Query =>
  'domainId' in place
    ? db.selectFrom('sign_ins').where('domain_id', '=', place.domainId)
    : db.selectFrom('sign_ins').where('organization_id', '=', place.organizationId)

function matching(db: Db, place: SignInPlace, search: SignInSearch): Query {
  const { after, before, kind, outcome, code, email, traceId, personId, search: term } = search
  let query = within(db, place)
  if (after !== undefined) query = query.where('created_at', '>=', after)
  if (before !== undefined) query = query.where('created_at', '<=', before)
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (outcome !== undefined) query = query.where('outcome', '=', outcome)
  if (code !== undefined) query = query.where('code', '=', code)
  if (email !== undefined) query = query.where('email', '=', email)
  if (traceId !== undefined) query = query.where('trace_id', '=', traceId)
  if (personId !== undefined) query = query.where('person_id', '=', personId)
  if (term === undefined) return query
  const databaseKind = kindOf(db)
  return query.where(({ or, ref }) =>
    or((['email', 'name_id', 'code'] as const).map(column => contains(databaseKind, ref(column), term))),
  )
}

function contains(kind: DatabaseKind, text: Parameters<typeof foldSql>[1], term: string) {
  const pattern = `%${term.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql<SqlBool>`${foldSql(kind, text)} like ${pattern} escape '\\'`
}

/** Deletes at most `limit` rows of all domains that are older than `before`; returns how many. */
export async function deleteSignInsBefore(db: Db, before: string, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('sign_ins')
    .where(
      ({ refTuple, selectFrom }) =>
        sql<SqlBool>`${refTuple('domain_id', 'id')} in ${selectFrom('sign_ins as old')
          .select(['old.domain_id', 'old.id'])
          .where('old.created_at', '<', before)
          .limit(limit)}`,
    )
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** The rows stay; what the identity providers were sent and sent back goes. */
export const forgetResponsesBefore = (db: Db, before: string) =>
  db
    .updateTable('sign_ins')
    .set({ response_xml: null, request_xml: null })
    .where('created_at', '<', before)
    .where(({ or, eb }) => or([eb('response_xml', 'is not', null), eb('request_xml', 'is not', null)]))
    .execute()
