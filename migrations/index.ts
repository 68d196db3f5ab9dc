// Every migration in its order; the list is explicit so that nothing runs because a file happens to lie here.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createOrganizations } from './0001-organizations.ts'
import { createDomains } from './0002-domains.ts'
import { createScimUsers } from './0003-scim-users.ts'
import { createRecords } from './0004-records.ts'
import { createGroups } from './0005-groups.ts'
import { createEvents } from './0006-events.ts'
import { createSignIns } from './0007-sign-ins.ts'
import { createScimSchemas } from './0008-scim-schemas.ts'
import { createOutbox } from './0009-outbox.ts'
import { createDocuments } from './0010-documents.ts'
import { addUnknownMembers } from './0011-unknown-members.ts'
import { createOperators } from './0012-operators.ts'
import { createSetUpLinks } from './0013-set-up-links.ts'
import { addLogIndexes } from './0014-log-indexes.ts'
import { extendSignIns } from './0015-sign-in-pages.ts'
import { createTimelines } from './0016-people.ts'
import { noteDeliveries } from './0017-deliveries.ts'
import { nameOperators } from './0018-operators-links.ts'
import { keyTables } from './0019-keyed-tables.ts'
import type { ColumnTypes } from './columns.ts'

const steps: Record<string, (db: Kysely<unknown>, types: ColumnTypes) => Promise<void>> = {
  '0001-organizations': createOrganizations,
  '0002-domains': createDomains,
  '0003-scim-users': createScimUsers,
  '0004-records': createRecords,
  '0005-groups': createGroups,
  '0006-events': createEvents,
  '0007-sign-ins': createSignIns,
  '0008-scim-schemas': createScimSchemas,
  '0009-outbox': createOutbox,
  '0010-documents': createDocuments,
  '0011-unknown-members': addUnknownMembers,
  '0012-operators': createOperators,
  '0013-set-up-links': createSetUpLinks,
  '0014-log-indexes': addLogIndexes,
  '0015-sign-in-pages': extendSignIns,
  '0016-people': createTimelines,
  '0017-deliveries': noteDeliveries,
  '0018-operators-links': nameOperators,
  '0019-keyed-tables': keyTables,
}

export const migrationsFor = (types: ColumnTypes): Record<string, Migration> =>
  Object.fromEntries(
    Object.entries(steps).map(([name, step]) => [name, { up: (db: Kysely<unknown>) => step(db, types) }]),
  )
