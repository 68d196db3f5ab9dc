// Personal API keys: made by their owner or by the operator, listed, ended. The value is shown once.
import { newId, readId } from '../base/id.ts'
import { denied, invalid, missing } from '../base/refusal.ts'
import { digestOf, hintOf, newKey } from '../base/secret.ts'
import type { Context } from '../context.ts'
import { type Actor, operatorActor } from '../domain/actor.ts'
import { readAddress } from '../domain/address.ts'
import { grantableScopes } from '../domain/scope.ts'
import { type Db, transact } from '../store/db.ts'
import {
  type ApiKey,
  deleteApiKey,
  findApiKey,
  insertApiKey,
  listApiKeysOf,
} from '../store/organization/api-keys.ts'
import { findMember, keepMembershipsOf, listMembershipsOf } from '../store/organization/members.ts'
import { keepOrganizations } from '../store/organization/organizations.ts'
import { findPersonByEmail } from '../store/organization/people.ts'
import { record } from './audit.ts'
import { type Caller, keyPrefix, type Principal } from './caller.ts'

export interface NewApiKey {
  readonly label: string
  /** As `readScopes` gives them. */
  readonly scopes: readonly string[]
  /** null or absent: every organization that the maker's own credentials open. */
  readonly organizations?: readonly string[] | null | undefined
  readonly expires_at?: string | null | undefined
}

export async function readApiKeys(
  ctx: Context,
  principal: Principal,
  { limit, offset }: { limit: number; offset: number },
) {
  const keys = await listWithin(ctx.db, principal)
  return { count: keys.length, results: keys.slice(offset, offset + limit).map(view) }
}

/** The person's keys that open nothing which these credentials do not. */
async function listWithin(db: Db, { person, organizations: limits }: Principal): Promise<ApiKey[]> {
  const keys = await listApiKeysOf(db, person.id)
  if (limits === null) return keys
  return keys.filter(({ organizations }) => organizations?.every(id => limits.includes(id)))
}

/** Never opens more than the credentials that made it. */
export async function createApiKey(ctx: Context, principal: Principal, input: NewApiKey) {
  const now = ctx.now().toISOString()
  const { person, actor } = principal
  const organizations = input.organizations ?? principal.organizations
  return transact(ctx.db, async tx => {
    await requireMemberships(tx, principal, organizations)
    if (input.expires_at && input.expires_at <= now)
      throw invalid('invalid_input', `Expected a time in the future, got ${input.expires_at}.`, 'expires_at')
    return makeKey(tx, actor, { ...input, personId: person.id, organizations, now })
  })
}

/** Whoever is being suspended makes no key in the same moment that would outlive it. */
async function requireMemberships(
  tx: Db,
  { person, organizations: limits }: Principal,
  asked: readonly string[] | null,
): Promise<void> {
  const memberships = await keepMembershipsOf(tx, person.id)
  const opened = memberships.map(member => member.organization_id).filter(id => limits?.includes(id) ?? true)
  const foreign = asked?.find(id => !opened.includes(id))
  if (foreign !== undefined)
    throw invalid('invalid_input', `You are not a member of the organization ${foreign}.`, 'organizations')
  if (opened.length === 0) throw denied('A key opens organizations; you are a member of none.')
}

/** Scopes that a key can be given, each once. */
export function readScopes(scopes: readonly string[]): string[] {
  if (scopes.length === 0) throw invalid('required', 'Expected at least one scope.', 'scopes')
  const unknown = scopes.find(scope => !grantableScopes.includes(scope))
  if (unknown === undefined) return [...new Set(scopes)]
  throw invalid('invalid_choice', `Expected ${grantableScopes.join(', ')}; got "${unknown}".`, 'scopes')
}

/** With the value, which is nowhere else. `actor`: who the audit log says made it. */
export async function makeKey(tx: Db, actor: Actor, input: NewApiKey & { personId: string; now: string }) {
  const value = newKey(keyPrefix)
  const key: ApiKey = {
    person_id: input.personId,
    id: newId(),
    digest: digestOf(value),
    hint: hintOf(value),
    label: input.label,
    scopes: input.scopes,
    organizations: input.organizations ? [...new Set(input.organizations)] : null,
    created_at: input.now,
    expires_at: input.expires_at ?? null,
    last_used_at: null,
  }
  await insertApiKey(tx, key)
  await recordKey(tx, actor, { action: 'api_key.created', key, now: input.now })
  return { ...view(key), value }
}

export async function removeApiKey(ctx: Context, principal: Principal, id: string): Promise<void> {
  const now = ctx.now().toISOString()
  await transact(ctx.db, async tx => {
    const key = (await listWithin(tx, principal)).find(one => one.id === id)
    if (!key) throw missing()
    await endKey(tx, principal.actor, { key, now })
  })
}

async function endKey(tx: Db, actor: Actor, { key, now }: { key: ApiKey; now: string }): Promise<void> {
  if (!(await deleteApiKey(tx, key.person_id, key.id))) throw missing()
  await recordKey(tx, actor, { action: 'api_key.deleted', key, now })
}

/** Every organization that the key opens has it in its log. */
async function recordKey(
  tx: Db,
  actor: Actor,
  { action, key, now }: { action: string; key: ApiKey; now: string },
): Promise<void> {
  const memberships = await listMembershipsOf(tx, key.person_id)
  const opened = memberships
    .map(member => member.organization_id)
    .filter(id => key.organizations?.includes(id) ?? true)
  const target = { type: 'api_key', id: key.id, label: key.label }
  const about = [key.person_id]
  const scopes =
    action === 'api_key.created' ? { before: null, after: key.scopes } : { before: key.scopes, after: null }
  for (const organizationId of await keepOrganizations(tx, opened))
    await record(tx, { organizationId, actor }, { action, target, about, changes: { scopes }, now })
}

/** The operator's way: a key of a member, limited to the organization. */
export async function createApiKeyFor(
  ctx: Context,
  { organizationId, actor }: Caller,
  { owner, scopes, label }: { owner: string; scopes: readonly string[]; label: string },
) {
  const now = ctx.now().toISOString()
  const granted = readScopes(scopes)
  const person = await findPersonByEmail(ctx.db, readAddress(owner, 'owner'))
  const member = person && (await findMember(ctx.db, organizationId, person.id))
  if (member?.status !== 'active')
    throw invalid(
      'invalid_input',
      `${owner} is not an active member of the organization ${organizationId}.`,
      'owner',
    )
  const input = { label, scopes: granted, personId: member.person_id, organizations: [organizationId], now }
  return transact(ctx.db, tx => makeKey(tx, actor, input))
}

/** The operator's way, whoever's key it is. */
export async function revokeApiKey(ctx: Context, id: string): Promise<{ id: string; label: string }> {
  const now = ctx.now().toISOString()
  return transact(ctx.db, async tx => {
    const key = await findApiKey(tx, readId(id) ?? id)
    if (!key) throw missing(`There is no API key with the id ${id}.`)
    await endKey(tx, operatorActor, { key, now })
    return { id: key.id, label: key.label }
  })
}

const view = ({ id, label, scopes, organizations, hint, created_at, expires_at, last_used_at }: ApiKey) => ({
  id,
  label,
  scopes,
  organizations,
  hint,
  created_at,
  expires_at,
  last_used_at,
})
