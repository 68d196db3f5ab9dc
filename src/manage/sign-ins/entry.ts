// One sign-in with all that is known about it: why it was refused, whom it is about, what stands around it in the log.
import { missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import type { Domain } from '../../domain/domain.ts'
import type { Field } from '../../saml/assertion/profile.ts'
import { guessProvider } from '../../saml/explain/provider.ts'
import { type Explanation, explainRefusal } from '../../saml/explain.ts'
import type { RefusalCode } from '../../saml/refusal.ts'
import { findLiveSessionById } from '../../store/sign-in/sessions.ts'
import { findSignIn, findSignInAfter, listSignInHeads, type SignIn } from '../../store/sign-in/sign-ins.ts'
import type { Caller } from '../caller.ts'
import { requireDomain } from '../domains/domains.ts'
import { type DomainObject, viewDomain } from '../domains/view.ts'
import { type UsedCertificate, usedCertificate } from './certificates.ts'
import { describe, type ListedSignIn } from './list.ts'
import { addressOf, type NamedPerson, namePeople } from './people.ts'
import { failedStepOf, type SignInObject, usesIn, viewSignIn } from './view.ts'

export type { Explanation } from '../../saml/explain.ts'

export interface SignInEntry {
  readonly signIn: SignInObject
  readonly domain: DomainObject
  readonly person: NamedPerson | null
  /** The one that came, whether it was accepted or not. */
  readonly address: string | null
  /** Null for one that was accepted. */
  readonly explanation: Explanation | null
  /** Which field each attribute would be read for today, by the attribute's name. */
  readonly uses: ReadonlyMap<string, Field>
  readonly certificate: UsedCertificate | null
  readonly isSessionOpen: boolean
  readonly olderId: string | null
  readonly newerId: string | null
  /** Of the same person, the newest first. */
  readonly others: readonly ListedSignIn[]
}

const mostOthers = 5

export async function readSignIn(
  ctx: Context,
  caller: Caller,
  { domainId, id }: { domainId: string; id: string },
): Promise<SignInEntry> {
  const domain = await requireDomain(ctx, caller, domainId)
  const row = await findSignIn(ctx.db, domain.id, id)
  if (!row) throw missing()
  const signIn = viewSignIn(row)
  const personOf = await namePeople(ctx, caller.organizationId, [row])
  return {
    signIn,
    domain: await viewDomain(ctx, caller, domain),
    person: personOf(row),
    address: addressOf(row),
    explanation: explain(domain, signIn),
    uses: usesIn(domain, signIn),
    certificate: usedCertificate(
      domain,
      { fingerprint: row.certificate_fingerprint, responseXml: row.response_xml },
      ctx.now(),
    ),
    isSessionOpen: await isOpen(ctx, signIn),
    ...(await readNeighbours(ctx, domain, id)),
    others: await readOthers(ctx, caller, row),
  }
}

function explain({ samlEntityId, samlSsoUrl }: Domain, { code, steps }: SignInObject): Explanation | null {
  if (code === null) return null
  const provider = guessProvider([samlEntityId, samlSsoUrl])
  return explainRefusal(code as RefusalCode, provider, failedStepOf(steps)?.name)
}

async function isOpen(ctx: Context, { result }: SignInObject): Promise<boolean> {
  if (result === null) return false
  return (await findLiveSessionById(ctx.db, result.session_id, ctx.now().toISOString())) !== undefined
}

async function readNeighbours(ctx: Context, { id: domainId }: Domain, id: string) {
  const [older, newer] = await Promise.all([
    listSignInHeads(ctx.db, { domainId }, { search: {}, limit: 1, beforeId: id }),
    findSignInAfter(ctx.db, domainId, id),
  ])
  return { olderId: older[0]?.id ?? null, newerId: newer?.id ?? null }
}

/** By the address that came: whoever was refused has no other name here. */
async function readOthers(ctx: Context, caller: Caller, row: SignIn): Promise<ListedSignIn[]> {
  const email = addressOf(row)
  if (email === null) return []
  const { organizationId } = caller
  const heads = await listSignInHeads(
    ctx.db,
    { organizationId },
    { search: { email }, limit: mostOthers + 1 },
  )
  return describe(ctx, caller, heads.filter(head => head.id !== row.id).slice(0, mostOthers))
}
