// The log of sign-ins through a domain's SAML: one row for each attempt, read newest first.
import { type SqlBool, sql } from 'kysely'
import type { Db } from '../db.ts'
import { type DatabaseKind, foldSql, kindOf } from '../dialect.ts'
import type { SignInsTable } from '../tables/sign-ins.ts'

export type SignIn = SignInsTable

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

/** Newest first; ids begin with their time. `beforeId` goes on after the last row of a batch. */
export const listSignIns = (
  db: Db,
  domainId: string,
  page: { search: SignInSearch; limit: number; offset?: number; beforeId?: string },
): Promise<SignIn[]> =>
  matching(db, domainId, page.search)
    .$if(page.beforeId !== undefined, query => query.where('id', '<', page.beforeId ?? ''))
    .selectAll()
    .orderBy('id', 'desc')
    .limit(page.limit)
    .offset(page.offset ?? 0)
    .execute()

export async function countSignIns(db: Db, domainId: string, search: SignInSearch): Promise<number> {
  const { total } = await matching(db, domainId, search)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

function matching(db: Db, domainId: string, search: SignInSearch) {
  const { after, before, kind, outcome, code, email, traceId, personId, search: term } = search
  let query = db.selectFrom('sign_ins').where('domain_id', '=', domainId)
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

/** The rows stay; what the identity providers sent goes. */
export const forgetResponsesBefore = (db: Db, before: string) =>
  db
    .updateTable('sign_ins')
    .set({ response_xml: null })
    .where('created_at', '<', before)
    .where('response_xml', 'is not', null)
    .execute()
