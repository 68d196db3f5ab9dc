// What the audit log says of a domain: its settings and its verification, before and after.
import { type Domain, isVerified } from '../../domain/domain.ts'
import type { Db } from '../../store/db.ts'
import { changesBetween, record } from '../audit.ts'
import type { Caller } from '../caller.ts'
import { describeSettings } from './view.ts'

interface DomainChange {
  /** `domain.updated`, … */
  readonly action: string
  readonly before: Domain
  readonly after: Domain
  readonly now: string
}

export const domainTarget = ({ id, name }: Domain) => ({ type: 'domain', id, label: name })

export const domainChanges = (before: Domain, after: Domain) =>
  changesBetween(stateOf(before), stateOf(after))

const stateOf = (domain: Domain) => ({
  is_verified: isVerified(domain),
  verified_by: domain.verifiedBy,
  verification_lost_at: domain.verificationLostAt,
  ...describeSettings(domain),
})

export const recordDomain = (
  tx: Db,
  caller: Pick<Caller, 'organizationId' | 'actor'>,
  { action, before, after, now }: DomainChange,
) => record(tx, caller, { action, target: domainTarget(after), changes: domainChanges(before, after), now })
