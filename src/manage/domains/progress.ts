// How far the set-up of a domain has come: what its page shows beside the settings.
import type { Context } from '../../context.ts'
import { isVerified } from '../../domain/domain.ts'
import { findVerifiedDomain } from '../../store/domain/domains.ts'
import { findLatestTest } from '../../store/sign-in/tests.ts'
import type { DomainCaller } from '../set-up/caller.ts'
import { type SignInObject, usesIn, viewSignIn } from '../sign-ins/view.ts'
import { requireDomain } from './domains.ts'
import { type LastUser, readLastUsers } from './scim-tokens/last-use.ts'
import { type DomainObject, viewDomain } from './view.ts'

export interface Progress {
  readonly domain: DomainObject
  /** Another organization has proved the name, which this one has not. */
  readonly isTaken: boolean
  /** Since when the daily look-up finds no record. */
  readonly failingSince: string | null
  /** When somebody came in with the SAML settings as they are. */
  readonly testedAt: string | null
  readonly lastTest: LastTest | null
  /** By the id of a token. */
  readonly lastUsers: ReadonlyMap<string, LastUser>
}

/** `uses`: which field each attribute would be read for today. */
export type LastTest = SignInObject & { readonly uses: ReturnType<typeof usesIn> }

export async function readProgress(ctx: Context, caller: DomainCaller, id: string): Promise<Progress> {
  const entity = await requireDomain(ctx, caller, id)
  const domain = await viewDomain(ctx, caller, entity)
  const holder = isVerified(entity) ? undefined : await findVerifiedDomain(ctx.db, entity.name)
  const found = await findLatestTest(ctx.db, caller.organizationId, id)
  const test = found && viewSignIn(found)
  return {
    domain,
    isTaken: holder !== undefined,
    failingSince: entity.failingSince,
    testedAt: entity.samlTestedAt,
    lastTest: test ? { ...test, uses: usesIn(entity, test) } : null,
    lastUsers: await readLastUsers(ctx.db, id, domain.scim_tokens),
  }
}

/** The id of the newest test, when it is newer than this one. */
export async function findTestAfter(
  ctx: Context,
  caller: DomainCaller,
  { domainId, since }: { domainId: string; since: string },
): Promise<string | undefined> {
  await requireDomain(ctx, caller, domainId)
  const test = await findLatestTest(ctx.db, caller.organizationId, domainId)
  return test && test.id > since ? test.id : undefined
}
