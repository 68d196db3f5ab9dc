// Who is asking: a principal by its credentials, then a caller within one organization, with a level and scopes.

import { readId } from '../base/id.ts'
import { denied, missing, Refusal } from '../base/refusal.ts'
import { digestOf, isWellFormedKey } from '../base/secret.ts'
import type { Context } from '../context.ts'
import { type Actor, operatorActor } from '../domain/actor.ts'
import { levels } from '../domain/level.ts'
import { everything, includesScope, type Scope } from '../domain/scope.ts'
import type { Db } from '../store/db.ts'
import { findApiKeyByDigest, markApiKeyUsed } from '../store/organization/api-keys.ts'
import { findMember, listMembershipsOf, lockMember } from '../store/organization/members.ts'
import { findOrganization } from '../store/organization/organizations.ts'
import { findPerson, lockPerson, type Person, updatePerson } from '../store/organization/people.ts'
import { findLiveSession, markSessionSeen, type Session } from '../store/sign-in/sessions.ts'

export const keyPrefix = 'gth_'

/** Somebody whose credentials hold, by an API key or by a session. */
export interface Principal {
  /** The key or the session: what the request limit counts by. */
  readonly credentialId: string
  readonly actor: Actor
  readonly person: Person
  readonly scopes: readonly string[]
  /** The only organizations that the credentials open; null: all of the person's. */
  readonly organizations: readonly string[] | null
  /** When the person proved who they are; null for a key, which needs no person. */
  readonly signedInAt: string | null
  /** What a session of an operator opens beyond their memberships; null for everybody else, and for every key. */
  readonly operator: Operating | null
}

interface Operating {
  /** The organization that they have entered with this session. */
  readonly organizationId: string | null
}

/** Somebody within an organization. */
export interface Caller {
  readonly actor: Actor
  readonly personId: string | null
  readonly organizationId: string
  readonly level: number
  readonly scopes: readonly string[]
}

export interface Origin {
  readonly ip: string | null
  readonly requestId: string | null
}

export const operatorCaller = (organizationId: string): Caller => ({
  actor: operatorActor,
  personId: null,
  organizationId,
  level: levels.owner,
  scopes: [everything],
})

const lastUseResolutionMs = 60_000

export async function authenticateKey(ctx: Context, value: string, origin: Origin): Promise<Principal> {
  const key = isWellFormedKey(keyPrefix, value)
    ? await findApiKeyByDigest(ctx.db, digestOf(value))
    : undefined
  const now = ctx.now()
  const isLive = key && (key.expires_at === null || key.expires_at > now.toISOString())
  const person = isLive && (await findPerson(ctx.db, key.person_id))
  if (!person) throw new Refusal('unauthenticated', 'authentication_failed', 'The API key is not valid.')
  if (key.last_used_at === null || now.getTime() - Date.parse(key.last_used_at) >= lastUseResolutionMs)
    await markApiKeyUsed(ctx.db, { personId: person.id, id: key.id, now: now.toISOString() })
  return {
    credentialId: key.id,
    actor: { type: 'api_key', id: key.id, label: `${person.email} (${key.label})`, ...origin },
    person,
    scopes: key.scopes,
    organizations: key.organizations,
    signedInAt: null,
    operator: null,
  }
}

/** A session opens what its person may do, in every organization they belong to. */
export async function authenticateSession(ctx: Context, secret: string, origin: Origin): Promise<Principal> {
  const session = await findLiveSession(ctx.db, digestOf(secret), ctx.now().toISOString())
  const person = session && (await findPerson(ctx.db, session.person_id))
  if (!person) throw new Refusal('unauthenticated', 'authentication_failed', 'The session has ended.')
  await noteSeen(ctx, session)
  return {
    credentialId: session.id,
    actor: { type: 'user', id: person.id, label: person.email, ...origin },
    person,
    scopes: [everything],
    organizations: null,
    signedInAt: session.signed_in_at,
    operator: isOperating(session, person) ? { organizationId: session.operating_in } : null,
  }
}

async function noteSeen({ db, now }: Context, { id, last_seen_at: last }: Session): Promise<void> {
  const at = now()
  if (last !== null && at.getTime() - Date.parse(last) < lastUseResolutionMs) return
  await markSessionSeen(db, id, at.toISOString())
}

/**
 * What SAML says of somebody is the word of an organization's administrators, who may name any address of its domains:
 * it makes nobody an operator. A link does, which came to their own mailbox or from whoever has the machine.
 */
const isOperating = ({ method }: Session, { is_operator }: Person): boolean =>
  is_operator === 1 && method !== 'saml'

const hourMs = 60 * 60 * 1000

/** What an unattended browser should not do: the session's sign-in has to be a recent one. */
export function requireRecentSignIn({ config, now }: Context, { signedInAt }: Principal): void {
  const oldest = now().getTime() - config.reauthHours * hourMs
  if (signedInAt === null || Date.parse(signedInAt) >= oldest) return
  throw denied(
    `This needs a sign-in of the last ${config.reauthHours} hours; yours was at ${signedInAt}.`,
    'reauthentication_required',
  )
}

/** `name` is an id or `@current`. Missing, whether there is no such organization or the principal is not in it. */
export async function enterOrganization(ctx: Context, principal: Principal, name: string): Promise<Caller> {
  const isCurrent = name === '@current'
  const organizationId = isCurrent ? await currentOrganization(ctx, principal) : readId(name)
  if (organizationId !== undefined && organizationId === principal.operator?.organizationId)
    return operatingCaller(principal, organizationId)
  const isOpen = organizationId !== undefined && (principal.organizations?.includes(organizationId) ?? true)
  const member = isOpen ? await findMember(ctx.db, organizationId, principal.person.id) : undefined
  if (member?.status !== 'active') throw missing()
  if (!isCurrent) await rememberOrganization(ctx, principal, member.organization_id)
  return {
    actor: principal.actor,
    personId: principal.person.id,
    organizationId: member.organization_id,
    level: member.level,
    scopes: principal.scopes,
  }
}

/** An operator within an organization that they need not be in; its audit log has their address. */
const operatingCaller = ({ actor, scopes }: Principal, organizationId: string): Caller => ({
  ...operatorCaller(organizationId),
  actor: { ...actor, type: 'operator' },
  scopes,
})

/**
 * The caller at the level that they have by now, and keep until the transaction ends: whoever was demoted since the request
 * came in leaves nothing behind that outlasts it.
 */
export async function holdLevel(tx: Db, caller: Caller): Promise<Caller> {
  if (caller.personId === null) {
    const operatorId = operatorIdOf(caller)
    if (operatorId !== null) await holdOperator(tx, operatorId)
    return caller
  }
  const member = await lockMember(tx, caller.organizationId, caller.personId)
  if (member?.status !== 'active') throw missing()
  return { ...caller, level: member.level }
}

/** The person who is here as an operator; null for members, and for the command line, which nobody can demote. */
export const operatorIdOf = ({ actor, personId }: Caller): string | null =>
  personId === null && actor.type === 'operator' ? actor.id : null

/** The same as `holdLevel`: they are an operator by now, and stay one until the transaction ends. */
export async function holdOperator(tx: Db, personId: string): Promise<void> {
  const person = await lockPerson(tx, personId)
  if (person?.is_operator !== 1) throw missing()
}

/** The one that an operator has entered, the key's only organization, else the one its owner used last, else the oldest membership. */
export async function currentOrganization(
  ctx: Context,
  { person, organizations, operator }: Principal,
): Promise<string | undefined> {
  if (operator?.organizationId) return operator.organizationId
  if (organizations?.length === 1) return organizations[0]
  const last = person.current_organization_id
  const isOpen = last !== null && (organizations?.includes(last) ?? true)
  if (isOpen && (await findMember(ctx.db, last, person.id))?.status === 'active') return last
  const ids = (await listMembershipsOf(ctx.db, person.id))
    .map(member => member.organization_id)
    .filter(id => organizations?.includes(id) ?? true)
  return ids[0]
}

async function rememberOrganization(ctx: Context, { person }: Principal, organizationId: string) {
  if (person.current_organization_id === organizationId) return
  await updatePerson(ctx.db, person.id, { current_organization_id: organizationId })
}

/** What failed because the organization was deleted meanwhile is missing, as it would have been a moment later. */
export async function failureIn(ctx: Context, { organizationId }: Caller, error: unknown): Promise<unknown> {
  if (error instanceof Refusal) return error
  const isThere = await findOrganization(ctx.db, organizationId).catch(() => true)
  return isThere ? error : missing()
}

/** `*` asks for everything. */
export function requireScope({ scopes }: Pick<Principal, 'scopes'>, wanted: Scope | typeof everything): void {
  const isGranted = wanted === everything ? scopes.includes(everything) : includesScope(scopes, wanted)
  if (!isGranted) throw denied(`This needs the scope "${wanted}"; the API key has ${scopes.join(', ')}.`)
}

export function requireLevel({ level }: Pick<Caller, 'level'>, wanted: keyof typeof levels): void {
  if (level >= levels[wanted]) return
  throw denied(`This needs the level ${levels[wanted]} (${wanted}) in the organization; yours is ${level}.`)
}
