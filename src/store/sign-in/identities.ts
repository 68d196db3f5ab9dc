// Who is meant by a NameID of a domain's identity provider.
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'

interface Key {
  domainId: string
  nameId: string
}

const find = prepare((db, { domainId, nameId }: Places<Key>) =>
  db
    .selectFrom('identities')
    .select('person_id')
    .where('domain_id', '=', domainId)
    .where('name_id', '=', nameId),
)
const insert = prepare(
  (db, { domainId, nameId, personId, now }: Places<Key & { personId: string; now: string }>) =>
    db
      .insertInto('identities')
      .values({ domain_id: domainId, name_id: nameId, person_id: personId, created_at: now })
      .onConflict(conflict =>
        conflict.columns(['domain_id', 'name_id']).doUpdateSet({ person_id: personId, created_at: now }),
      ),
)

export const findLinkedPersonId = async (db: Db, key: Key): Promise<string | undefined> =>
  (await find.first(db, key))?.person_id

/** Another identity provider may give the same names to other people. */
export const forgetIdentities = (tx: Db, domainId: string) =>
  tx.deleteFrom('identities').where('domain_id', '=', domainId).execute()

/** What the identity providers of the organization call the person. */
export const listIdentitiesOf = (db: Db, organizationId: string, personId: string) =>
  db
    .selectFrom('identities')
    .innerJoin('domains', 'domains.id', 'identities.domain_id')
    .select(['identities.domain_id', 'identities.name_id', 'identities.created_at', 'domains.name as domain'])
    .where('identities.person_id', '=', personId)
    .where('domains.organization_id', '=', organizationId)
    .orderBy('identities.created_at', 'desc')
    .orderBy('identities.name_id')
    .execute()

/** Whether the name stood for the person. */
export async function unlinkIdentity(
  tx: Db,
  { domainId, nameId, personId }: Key & { personId: string },
): Promise<boolean> {
  const result = await tx
    .deleteFrom('identities')
    .where('domain_id', '=', domainId)
    .where('name_id', '=', nameId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** From now on the NameID stands for this person, whomever it stood for before. */
export const linkIdentity = (tx: Db, link: Key & { personId: string; now: string }) => insert.run(tx, link)
