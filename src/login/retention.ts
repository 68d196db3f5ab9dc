// What is left of sign-ins is deleted when its time is over; the keys for tokens are replaced before they grow old.
import type { Context } from '../context.ts'
import { deleteExpiredLinks } from '../store/sign-in/links.ts'
import { deleteExpiredSignInRequests } from '../store/sign-in/requests.ts'
import { deleteSignInsBefore, forgetResponsesBefore } from '../store/sign-in/sign-ins.ts'
import { deleteRetiredKeys } from '../store/sign-in/signing-keys.ts'
import { deleteExpiredAssertions } from '../store/sign-in/used-assertions.ts'
import { readKeys, rotateKey } from './keys.ts'

const dayMs = 24 * 60 * 60 * 1000
const batchSize = 1000
/** Responses hold whatever the identity provider says of a person. */
const responsesKeptDays = 7
const tokenKeyDays = 90

const daysAgo = ({ now }: Context, days: number) => new Date(now().getTime() - days * dayMs).toISOString()

/** Yields after each kind. */
export async function* purgeStarts(ctx: Context) {
  const now = ctx.now().toISOString()
  await deleteExpiredSignInRequests(ctx.db, now)
  yield
  await deleteExpiredAssertions(ctx.db, now)
  yield
  await deleteExpiredLinks(ctx.db, now)
}

/** The log of sign-ins is kept as long as that of SCIM. Yields after each batch. */
export async function* purgeSignIns(ctx: Context) {
  await forgetResponsesBefore(ctx.db, daysAgo(ctx, responsesKeptDays))
  yield
  const before = daysAgo(ctx, ctx.config.scimLogRetentionDays)
  while ((await deleteSignInsBefore(ctx.db, before, batchSize)) > 0) yield
}

/** Keys for SAML wait for their operator: an identity provider may have to be told. */
export async function* renewKeys(ctx: Context) {
  await deleteRetiredKeys(ctx.db, ctx.now().toISOString())
  yield
  const [newest] = await readKeys(ctx, 'token')
  if (newest && newest.createdAt <= daysAgo(ctx, tokenKeyDays)) await rotateKey(ctx, 'token')
}
