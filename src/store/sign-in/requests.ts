// The sign-ins that are under way: sent to an identity provider, and waited for until they come back or run out.
import type { Db } from '../db.ts'
import { type Places, prepare } from '../statement.ts'
import type { SignInRequestsTable } from '../tables/sign-ins.ts'

export type SignInRequest = SignInRequestsTable

export const insertSignInRequest = (db: Db, request: SignInRequest) =>
  db.insertInto('sign_in_requests').values(request).execute()

const findByRelay = prepare((db, { domainId, digest }: Places<{ domainId: string; digest: string }>) =>
  db
    .selectFrom('sign_in_requests')
    .selectAll()
    .where('domain_id', '=', domainId)
    .where('relay_digest', '=', digest),
)
const remove = prepare((db, { domainId, id }: Places<{ domainId: string; id: string }>) =>
  db.deleteFrom('sign_in_requests').where('domain_id', '=', domainId).where('id', '=', id),
)

/** The request that the RelayState names, expired ones included. */
export const findSignInRequest = (
  db: Db,
  domainId: string,
  relayDigest: string,
): Promise<SignInRequest | undefined> => findByRelay.first(db, { domainId, digest: relayDigest })

/** Whether it was there to be taken: of two callers at once, one gets it. */
export const consumeSignInRequest = async (tx: Db, domainId: string, id: string): Promise<boolean> =>
  (await remove.run(tx, { domainId, id })) > 0

export const deleteExpiredSignInRequests = (db: Db, now: string) =>
  db.deleteFrom('sign_in_requests').where('expires_at', '<', now).execute()
