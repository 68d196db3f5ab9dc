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

/** From now on the NameID stands for this person, whomever it stood for before. */
export const linkIdentity = (tx: Db, link: Key & { personId: string; now: string }) => insert.run(tx, link)
