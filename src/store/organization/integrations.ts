// The integrations of organizations with vendors.
import { sql } from 'kysely'
import type { Db } from '../db.ts'
import type { IntegrationsTable } from '../tables/documents.ts'

export type Integration = IntegrationsTable
export type VendorKind = Integration['kind']

export const listIntegrations = (
  db: Db,
  organizationId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<Integration[]> =>
  db
    .selectFrom('integrations')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()

export async function countIntegrations(db: Db, organizationId: string): Promise<number> {
  const { total } = await db
    .selectFrom('integrations')
    .where('organization_id', '=', organizationId)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

const within = (db: Db, organizationId: string) =>
  db.selectFrom('integrations').selectAll().where('organization_id', '=', organizationId)

export const findIntegration = (
  db: Db,
  organizationId: string,
  id: string,
): Promise<Integration | undefined> => within(db, organizationId).where('id', '=', id).executeTakeFirst()

/** Nobody else changes or deletes it before the transaction ends. */
export const lockIntegration = (
  tx: Db,
  organizationId: string,
  id: string,
): Promise<Integration | undefined> =>
  within(tx, organizationId).where('id', '=', id).forUpdate().executeTakeFirst()

export const findIntegrationOfVendor = (
  db: Db,
  organizationId: string,
  { kind, integrationId }: { kind: VendorKind; integrationId: string },
): Promise<Integration | undefined> =>
  within(db, organizationId)
    .where('kind', '=', kind)
    .where('integration_id', '=', integrationId)
    .executeTakeFirst()

/** For the vendor, which knows its own id of an installation and no organization. */
const installation = (db: Db, kind: VendorKind, integrationId: string) =>
  db
    .selectFrom('integrations')
    .selectAll()
    .where('kind', '=', kind)
    .where('integration_id', '=', integrationId)
    // Not as a parameter: an index of only some rows is sought when the statement itself says which.
    .where('type', '=', sql.lit('marketplace'))

export const findInstallation = (
  db: Db,
  kind: VendorKind,
  integrationId: string,
): Promise<Integration | undefined> => installation(db, kind, integrationId).executeTakeFirst()

export const lockInstallation = (
  tx: Db,
  kind: VendorKind,
  integrationId: string,
): Promise<Integration | undefined> => installation(tx, kind, integrationId).forUpdate().executeTakeFirst()

/** What an organization has from a marketplace. */
export const lockInstallationsOf = (tx: Db, organizationId: string): Promise<Integration[]> =>
  within(tx, organizationId).where('type', '=', 'marketplace').forUpdate().execute()

export const insertIntegration = (tx: Db, integration: Integration) =>
  tx.insertInto('integrations').values(integration).execute()

export const updateIntegration = (
  tx: Db,
  { organization_id, id }: Integration,
  changes: Partial<Integration>,
) =>
  tx
    .updateTable('integrations')
    .set(changes)
    .where('organization_id', '=', organization_id)
    .where('id', '=', id)
    .execute()

export const deleteIntegration = (tx: Db, { organization_id, id }: Integration) =>
  tx.deleteFrom('integrations').where('organization_id', '=', organization_id).where('id', '=', id).execute()
