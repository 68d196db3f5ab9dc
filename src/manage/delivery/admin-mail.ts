// Mail to the administrators of an organization about something that has happened to it.
import type { Context } from '../../context.ts'
import { levels } from '../../domain/level.ts'
import type { Mail } from '../../outside/mail/message.ts'
import type { Db } from '../../store/db.ts'
import { listAddressesFrom } from '../../store/organization/members/list.ts'
import { findOrganization } from '../../store/organization/organizations.ts'
import { enqueue, mailKind } from '../../store/records/outbox.ts'

interface Addressed {
  readonly to: string
  readonly organization: string
  /** Where it can be seen to. */
  readonly url: string
}

/** One letter for each of them, in the transaction of what it tells of. */
export async function mailAdmins(
  tx: Db,
  { config, now }: Context,
  { organizationId, write }: { organizationId: string; write: (addressed: Addressed) => Mail },
): Promise<void> {
  const organization = await findOrganization(tx, organizationId)
  if (!organization) return
  for (const to of await listAddressesFrom(tx, organizationId, levels.admin)) {
    const payload = write({ to, organization: organization.name, url: `${config.baseUrl}/` })
    const item = { kind: mailKind, payload, organizationId, now: now().toISOString() }
    await enqueue(tx, config.secrets, item)
  }
}
