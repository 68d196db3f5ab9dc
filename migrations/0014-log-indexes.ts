// What the logs are looked through by: failures, changes of one resource, and what one request did.
import { type Kysely, sql } from 'kysely'

/** Partial where they can be: most rows of the SCIM log are look-ups that went well, and cost these indexes nothing. */
export async function addLogIndexes(db: Kysely<unknown>): Promise<void> {
  await sql`create index scim_log_failures on scim_log (domain_id, (response_status / 100), id)
    where response_status >= 400`.execute(db)
  await sql`create index scim_log_changes on scim_log (domain_id, resource_id, id)
    where resource_id is not null and request_method <> 'GET'`.execute(db)
  await db.schema
    .createIndex('audit_by_request')
    .on('audit')
    .columns(['organization_id', 'request_id', 'id'])
    .execute()
}
