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
  /** One of the organization's. */
  domainId?: string | undefined
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
  /** Inclusive. */
  readonly fromId?: string | undefined
}

/** Newest first; ids begin with their time. `beforeId` goes on after the last row of a batch. */
export const listSignIns = (db: Db, place: SignInPlace, page: Page): Promise<SignIn[]> =>
  seekSignIns(db, place, page).selectAll().execute()

/** The same without what identity providers sent. */
export const listSignInHeads = (db: Db, place: SignInPlace, page: Page): Promise<SignInHead[]> =>
  seekSignIns(db, place, page).select(head).execute()

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

/** Where a look through so many rows would end: the last of them, if there are so many. */
export const findSignInEdge = (
  db: Db,
  place: SignInPlace,
  { search, rows, beforeId }: { search: SignInSearch; rows: number; beforeId?: string | undefined },
): Promise<Pick<SignIn, 'id' | 'created_at'> | undefined> =>
  seekSignIns(db, place, { search: { ...search, search: undefined }, limit: 1, offset: rows - 1, beforeId })
    .select(['id', 'created_at'])
    .executeTakeFirst()

export async function countSignIns(db: Db, place: SignInPlace, search: SignInSearch): Promise<number> {
  const { total } = await matching(db, place, search)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

/** The query of a page, of whatever is selected. */
export function seekSignIns(
  db: Db,
  place: SignInPlace,
  { search, limit, offset = 0, beforeId, fromId }: Page,
) {
  let query = matching(db, place, search)
  if (beforeId !== undefined) query = query.where('id', '<', beforeId)
  if (fromId !== undefined) query = query.where('id', '>=', fromId)
  return query.orderBy('id', 'desc').limit(limit).offset(offset)
}

type Query = SelectQueryBuilder<Tables, 'sign_ins', object>

const within = (db: Db, place: SignInPlace): Query =>
  'domainId' in place
    ? db.selectFrom('sign_ins').where('domain_id', '=', place.domainId)
    : db.selectFrom('sign_ins').where('organization_id', '=', place.organizationId)

/** Those that leave few rows first; by each of them there is an index. */
const filters = [
  ['trace_id', 'traceId'],
  ['email', 'email'],
  ['person_id', 'personId'],
  ['code', 'code'],
  ['outcome', 'outcome'],
  ['kind', 'kind'],
  ['domain_id', 'domainId'],
] as const

function matching(
  db: Db,
  place: SignInPlace,
  { after, before, search: term, ...search }: SignInSearch,
): Query {
  const kind = kindOf(db)
  const [sought, ...others] = filters.filter(([, name]) => search[name] !== undefined)
  let query = sought
    ? seeking(db, place, { column: sought[0], value: search[sought[1]] ?? '' })
    : within(db, place)
  for (const [column, name] of others) query = query.where(isEqual(kind, column, search[name] ?? ''))
  if (after !== undefined) query = query.where('created_at', '>=', after)
  if (before !== undefined) query = query.where('created_at', '<=', before)
  if (term === undefined) return query
  return query.where(({ or, ref }) =>
    or((['email', 'name_id', 'code'] as const).map(column => contains(kind, ref(column), term))),
  )
}

type Sought = { readonly column: (typeof filters)[number][0]; readonly value: string }

/** The key begins with the domain, every other index with the organization. */
function seeking(db: Db, place: SignInPlace, { column, value }: Sought): Query {
  if (column === 'domain_id' && 'organizationId' in place)
    return within(db, { domainId: value }).where(isEqual(kindOf(db), 'organization_id', place.organizationId))
  return within(db, place).where(column, '=', value)
}

/** Without an index: SQLite knows nothing of how many rows have which value, and might seek by the one that leaves most. */
const isEqual = (kind: DatabaseKind, column: keyof SignIn, value: string) =>
  kind === 'postgres'
    ? sql<SqlBool>`${sql.ref(column)} = ${value}`
    : sql<SqlBool>`+${sql.ref(column)} = ${value}`

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
