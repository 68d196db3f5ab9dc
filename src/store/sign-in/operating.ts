// Operators within organizations, each by a session: how they go in and out, and the word of it in the audit log there.
import type { Actor } from '../../domain/actor.ts'
import type { Db } from '../db.ts'
import { findOrganization, keepOrganizations } from '../organization/organizations.ts'
import { appendAudit } from '../records/audit.ts'

interface Step {
  /** Who goes. */
  readonly actor: Actor
  readonly now: string
}

/** Into an organization that is there. */
export async function beginOperating(
  tx: Db,
  sessionId: string,
  { organizationId, ...step }: Step & { organizationId: string },
): Promise<void> {
  await setPlace(tx, sessionId, organizationId)
  await note(tx, organizationId, { action: 'operator.entered', ...step })
}

/** A session that is within none is none the worse for it. */
export async function endOperating(tx: Db, sessionId: string, step: Step): Promise<void> {
  const session = await operating(tx).where('id', '=', sessionId).executeTakeFirst()
  if (session) await leave(tx, session, step)
}

/** The same for every session of the person. */
export async function endOperatingOf(tx: Db, personId: string, step: Step): Promise<void> {
  const sessions = await operating(tx).where('person_id', '=', personId).orderBy('id').execute()
  for (const session of sessions) await leave(tx, session, step)
}

/** Locked, so that each is left once. */
const operating = (tx: Db) =>
  tx
    .selectFrom('sessions')
    .select(['id', 'operating_in'])
    .where('operating_in', 'is not', null)
    .forNoKeyUpdate()

async function leave(
  tx: Db,
  { id, operating_in: organizationId }: { id: string; operating_in: string | null },
  step: Step,
): Promise<void> {
  await setPlace(tx, id, null)
  if (organizationId !== null) await note(tx, organizationId, { action: 'operator.left', ...step })
}

const setPlace = (tx: Db, id: string, organizationId: string | null) =>
  tx.updateTable('sessions').set({ operating_in: organizationId }).where('id', '=', id).execute()

async function note(
  tx: Db,
  organizationId: string,
  { action, actor, now }: Step & { action: string },
): Promise<void> {
  const [kept] = await keepOrganizations(tx, [organizationId])
  const organization = kept === undefined ? undefined : await findOrganization(tx, kept)
  if (!organization) return
  await appendAudit(tx, organizationId, {
    actor: { ...actor, type: 'operator' },
    action,
    target: { type: 'organization', id: organizationId, label: organization.name },
    changes: {},
    now,
  })
}
