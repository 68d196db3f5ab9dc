// The domains of an organization that may have SCIM tokens, a page at a time, and who made the tokens.
import type { Db } from '../db.ts'

export interface TokenHolder {
  readonly id: string
  readonly name: string
}

const withScim = (db: Db, organizationId: string) =>
  db.selectFrom('domains').where('organization_id', '=', organizationId).where('scim_enabled', '=', 1)

/** By their names. */
export const listTokenHolders = (
  db: Db,
  organizationId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<TokenHolder[]> =>
  withScim(db, organizationId)
    .select(['id', 'name'])
    .orderBy('name')
    .orderBy('id')
    .limit(limit)
    .offset(offset)
    .execute()

export async function countTokenHolders(db: Db, organizationId: string): Promise<number> {
  const { total } = await withScim(db, organizationId)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

export const findTokenHolder = (
  db: Db,
  organizationId: string,
  id: string,
): Promise<TokenHolder | undefined> =>
  withScim(db, organizationId).where('id', '=', id).select(['id', 'name']).executeTakeFirst()

/** Where SCIM is off, by their names. */
export const listDomainsWithoutScim = (
  db: Db,
  organizationId: string,
  limit: number,
): Promise<TokenHolder[]> =>
  db
    .selectFrom('domains')
    .where('organization_id', '=', organizationId)
    .where('scim_enabled', '=', 0)
    .select(['id', 'name'])
    .orderBy('name')
    .limit(limit)
    .execute()
