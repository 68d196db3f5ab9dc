// By what the SCIM log of a domain is searched, in the words of the indexes that help with it.
import { type ExpressionWrapper, type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import { fold } from '../../scim/text/fold.ts'
import type { Db } from '../db.ts'
import { byCodePoint, type DatabaseKind, foldSql, kindOf } from '../dialect.ts'
import type { Tables } from '../tables/tables.ts'

/** Inclusive bounds; what is left out does not limit. */
export interface ScimLogSearch {
  statusMin?: number | undefined
  statusMax?: number | undefined
  after?: string | undefined
  before?: string | undefined
  method?: string | undefined
  /** Everything but look-ups by GET. */
  isChange?: true | undefined
  identityProvider?: string | undefined
  resourceId?: string | undefined
  requestId?: string | undefined
  /** The last characters of the token. */
  tokenHint?: string | undefined
  /** Any of these texts, in any case, in the path, a body or the outcome: the true term and the masked one. */
  terms?: readonly string[] | undefined
}

/** Whether what fits is found by an index, newest first, however rare it is. */
export function isIndexed(search: ScimLogSearch): boolean {
  const { method, isChange, identityProvider, resourceId, requestId, tokenHint, terms } = search
  if ([method, identityProvider, requestId, tokenHint, terms].some(each => each !== undefined)) return false
  if (resourceId !== undefined) return isChange === true
  if (isChange !== undefined) return false
  return (search.statusMin ?? search.statusMax) === undefined || isFailure(search)
}

type Query = SelectQueryBuilder<Tables, 'scim_log', object>

export function matching(db: Db, domainId: string, search: ScimLogSearch): Query {
  const { after, before, method, isChange, identityProvider, resourceId, requestId } = search
  const { tokenHint, terms } = search
  let query: Query = withStatus(db.selectFrom('scim_log').where('domain_id', '=', domainId), search)
  if (after !== undefined) query = query.where('created_at', '>=', after)
  if (before !== undefined) query = query.where('created_at', '<=', before)
  if (method !== undefined) query = query.where('request_method', '=', method)
  if (isChange) query = query.where('request_method', '<>', sql.lit('GET'))
  if (identityProvider !== undefined) query = query.where('identity_provider', '=', identityProvider)
  if (resourceId !== undefined) query = query.where('resource_id', '=', resourceId)
  if (requestId !== undefined) query = query.where('request_id', '=', requestId)
  if (tokenHint !== undefined) query = query.where('token_hint', '=', tokenHint)
  if (terms === undefined) return query
  const kind = kindOf(db)
  return query.where(({ or, ref }) =>
    or(
      (['request_path', 'request_body', 'response_body', 'outcome'] as const).flatMap(column =>
        terms.map(term => contains(kind, ref(column), term)),
      ),
    ),
  )
}

/** 4 for all from 400 to 499. */
function classOf({ statusMin, statusMax }: ScimLogSearch): number | undefined {
  if (statusMin === undefined || statusMin % 100 !== 0 || statusMax !== statusMin + 99) return undefined
  return statusMin / 100
}

const isFailure = (search: ScimLogSearch): boolean => (classOf(search) ?? 0) >= 4

/** A class of failures is asked for letter by letter as its partial index has it. */
function withStatus(query: Query, search: ScimLogSearch): Query {
  const { statusMin, statusMax } = search
  if (isFailure(search))
    return query
      .where(sql<SqlBool>`response_status / 100 = ${sql.lit(classOf(search))}`)
      .where('response_status', '>=', sql.lit(400))
  return query
    .$if(statusMin !== undefined, from => from.where('response_status', '>=', statusMin ?? 0))
    .$if(statusMax !== undefined, to => to.where('response_status', '<=', statusMax ?? 0))
}

type Text = ExpressionWrapper<Tables, 'scim_log', string | null>

/** What has only letters of ASCII is compared by the database's own means, which are many times faster. */
function contains(kind: DatabaseKind, column: Text, term: string) {
  const pattern = `%${fold(term).replace(/[\\%_]/g, String.raw`\$&`)}%`
  const isPlain = /^[\x20-\x7e]*$/.test(term)
  const text = isPlain ? plainlyFolded(kind, column) : foldSql(kind, column)
  return sql<SqlBool>`${text} like ${pattern} escape ${sql.lit('\\')}`
}

/** SQLite's LIKE takes no notice of case by itself. */
const plainlyFolded = (kind: DatabaseKind, column: Text) =>
  kind === 'postgres' ? sql`lower(${byCodePoint(kind, column)})` : column
