// What an administrator does to the access of somebody: ends the sessions they have open, unties them from a name at an identity provider.
import { denied, missing } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { type Db, transact } from '../../store/db.ts'
import { findMember } from '../../store/organization/members.ts'
import { listIdentitiesOf, unlinkIdentity } from '../../store/sign-in/identities.ts'
import { deleteSessionsOfPerson } from '../../store/sign-in/sessions.ts'
import { record } from '../audit.ts'
import { type Caller, holdLevel, requireLevel } from '../caller.ts'
import type { Subject } from './subject.ts'

/** Those that began in the organization; how many there were. Nobody ends the sessions of whoever is above them. */
export async function endSessions(ctx: Context, caller: Caller, subject: Subject): Promise<number> {
  const now = ctx.now().toISOString()
  return transact(ctx.db, async tx => {
    const target = await requireWithin(tx, caller, subject)
    const personId = target.id
    const ended = await deleteSessionsOfPerson(tx, caller.organizationId, personId)
    if (ended === 0) return 0
    const changes = { sessions: { before: ended, after: 0 } }
    await record(tx, caller, { action: 'session.ended', target, about: [personId], changes, now })
    return ended
  })
}

interface Name {
  readonly subject: Subject
  readonly domainId: string
  readonly nameId: string
}

/** Whoever comes with the name next is found by their address, and the name then stands for them. */
export async function unlinkName(ctx: Context, caller: Caller, { subject, ...name }: Name): Promise<void> {
  const now = ctx.now().toISOString()
  await transact(ctx.db, async tx => {
    const target = await requireWithin(tx, caller, subject)
    const personId = target.id
    const known = await listIdentitiesOf(tx, caller.organizationId, personId)
    const link = known.find(each => each.domain_id === name.domainId && each.name_id === name.nameId)
    if (!link || !(await unlinkIdentity(tx, { ...name, personId }))) throw missing()
    const changes = {
      name_id: { before: name.nameId, after: null },
      domain: { before: link.domain, after: null },
    }
    await record(tx, caller, { action: 'identity.unlinked', target, about: [personId], changes, now })
  })
}

/** Whoever has left has no level to be above anybody. */
async function requireWithin(tx: Db, caller: Caller, { personId, address, name }: Subject) {
  const current = await holdLevel(tx, caller)
  requireLevel(current, 'admin')
  if (personId === null) throw missing()
  const member = await findMember(tx, caller.organizationId, personId)
  if (member && member.level > current.level)
    throw denied(
      `Expected a level of at most your own, which is ${current.level}; the member's is ${member.level}.`,
    )
  return { type: 'person', id: personId, label: address ?? name }
}
