// Other people's API keys as far as they open an organization: seen by its administrators, and closed for it.
import { denied, missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { type Db, transact } from '../../store/db.ts'
import {
  countKeysReaching,
  listKeysReaching,
  opens,
  type ReachingKey,
} from '../../store/organization/api-keys/reach.ts'
import { type ApiKey, endApiKeyIn, findApiKey } from '../../store/organization/api-keys.ts'
import { lockMember } from '../../store/organization/members.ts'
import { lockOrganization } from '../../store/organization/organizations.ts'
import { record } from '../audit.ts'
import { type Caller, holdLevel, requireLevel } from '../caller.ts'

/** Those of everybody but the caller that have not expired. */
export async function readKeysOfOthers(
  ctx: Context,
  { organizationId, personId, level }: Caller,
  page: { limit: number; offset: number },
) {
  const reach = { now: ctx.now().toISOString(), exceptPersonId: personId }
  const count = await countKeysReaching(ctx.db, organizationId, reach)
  const keys = await listKeysReaching(ctx.db, organizationId, { ...reach, ...page })
  return { count, results: keys.map(key => view(key, level)) }
}

/** Nothing of other organizations is told: neither which they are nor how many. */
const view = (key: ReachingKey, ownLevel: number) => ({
  id: key.id,
  label: key.label,
  hint: key.hint,
  scopes: key.scopes,
  owner: { id: key.person_id, email: key.email },
  created_at: key.created_at,
  expires_at: key.expires_at,
  last_used_at: key.last_used_at,
  /** Whether the caller may close it. */
  is_closable: key.level <= ownLevel,
})

/** The key opens the organization no more; one that opens nothing else ends. */
export async function closeKey(ctx: Context, caller: Caller, id: string): Promise<void> {
  const { organizationId } = caller
  const now = ctx.now().toISOString()
  await transact(ctx.db, async tx => {
    await lockOrganization(tx, organizationId)
    const own = await holdLevel(tx, caller)
    requireLevel(own, 'admin')
    const key = await requireKeyHere(tx, organizationId, { id, level: own.level })
    await endApiKeyIn(tx, organizationId, key)
    const target = { type: 'api_key', id: key.id, label: key.label }
    const changes = { scopes: { before: key.scopes, after: null } }
    await record(tx, caller, { action: 'api_key.closed', target, about: [key.person_id], changes, now })
  })
}

async function requireKeyHere(
  tx: Db,
  organizationId: string,
  { id, level }: { id: string; level: number },
): Promise<ApiKey> {
  const key = await findApiKey(tx, id)
  if (!key || !opens(key, organizationId)) throw missing()
  const owner = await lockMember(tx, organizationId, key.person_id)
  if (owner?.status !== 'active') throw missing()
  if (owner.level <= level) return key
  throw denied(
    `Nobody ends a key of somebody above their own level: yours is ${level}, the owner's is ${owner.level}.`,
  )
}
