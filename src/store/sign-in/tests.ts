// The newest test sign-in of a domain, which its set-up shows.
import type { Db } from '../db.ts'
import type { SignIn } from './sign-ins.ts'

/** Sought by the index of kinds: of many sign-ins few are tests. */
export const findLatestTest = (
  db: Db,
  organizationId: string,
  domainId: string,
): Promise<SignIn | undefined> =>
  db
    .selectFrom('sign_ins')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('kind', '=', 'test')
    .where('domain_id', '=', domainId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
