// Whom it touches when a domain's people have to sign in by SAML, and how an owner gets in if that ever breaks.
import type { Context } from '../../context.ts'
import {
  countMembersOn,
  listLastSamlSignIns,
  listMembersOn,
  listOwners,
} from '../../store/organization/members/by-domain.ts'
import { listAudit } from '../../store/records/audit.ts'
import type { Caller } from '../caller.ts'
import { nameOf } from '../user-basic.ts'
import { type Progress, readProgress } from './progress.ts'

export interface Affected {
  readonly personId: string
  readonly name: string
  readonly email: string
  readonly level: number
  readonly lastSignIn: { readonly at: string; readonly isSaml: boolean } | null
}

interface Owner {
  readonly personId: string
  readonly name: string
  readonly email: string
  readonly isAffected: boolean
}

export interface Enforcement {
  readonly progress: Progress
  readonly count: number
  /** Of those who never came in by SAML: among `people`. */
  readonly people: readonly Affected[]
  readonly owners: readonly Owner[]
  /** Whether anybody can sign in by a mailed link here at all. */
  readonly hasEmailLinks: boolean
  readonly lastOwnerLink: { readonly at: string; readonly email: string } | null
}

const mostShown = 20

export async function readEnforcement(ctx: Context, caller: Caller, id: string): Promise<Enforcement> {
  const { organizationId } = caller
  const progress = await readProgress(ctx, caller, id)
  const { domain } = progress.domain
  const [link] = await listAudit(ctx.db, organizationId, { action: 'owner_link.created', limit: 1 })
  return {
    progress,
    count: await countMembersOn(ctx.db, organizationId, domain),
    people: await readAffected(ctx, organizationId, domain),
    owners: await readOwners(ctx, organizationId, domain),
    hasEmailLinks: ctx.config.emailLinks,
    lastOwnerLink: link ? { at: link.created_at, email: link.target_label } : null,
  }
}

async function readAffected(ctx: Context, organizationId: string, domain: string): Promise<Affected[]> {
  const rows = await listMembersOn(ctx.db, organizationId, { domain, limit: mostShown })
  const bySaml = await listLastSamlSignIns(
    ctx.db,
    organizationId,
    rows.map(row => row.person_id),
  )
  return rows.map(row => ({
    personId: row.person_id,
    name: nameOf(row),
    email: row.email,
    level: row.level,
    lastSignIn: lastOf(row.last_login_at, bySaml.get(row.person_id)),
  }))
}

/** The log of SAML says when; whoever came in later than that came in otherwise. */
const lastOf = (at: string | null, samlAt: string | undefined): Affected['lastSignIn'] =>
  at === null ? null : { at, isSaml: samlAt !== undefined && samlAt >= at }

async function readOwners(ctx: Context, organizationId: string, domain: string): Promise<Owner[]> {
  const rows = await listOwners(ctx.db, organizationId)
  return rows.map(row => ({
    personId: row.person_id,
    name: nameOf(row),
    email: row.email,
    isAffected: row.email.endsWith(`@${domain}`),
  }))
}
