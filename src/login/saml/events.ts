// What sign-ins are told as: events in the outbox, committed with what they tell of.
import type { Domain } from '../../domain/domain.ts'
import type { Db } from '../../store/db.ts'
import { appendEvent } from '../../store/records/events.ts'
import type { SignIn } from '../../store/sign-in/sign-ins.ts'

const uriOf = (name: string) => `urn:gatehouse:event:${name}`

interface Happening {
  /** In the words of the product: `member.joined`. */
  readonly name: string
  /** What it happened to. */
  readonly id: string
  readonly facts: object
  /** The request that it came of. */
  readonly txn: string
  readonly now: string
}

/** By ids alone, so that the outbox holds no personal data. */
export const announce = (
  tx: Db,
  { organizationId, id: domainId }: Domain,
  { name, id, facts, txn, now }: Happening,
) =>
  appendEvent(tx, {
    organizationId,
    domainId,
    name,
    txn,
    subject: { format: 'opaque', id },
    events: { [uriOf(name)]: facts },
    now,
  })

/** Nothing of a test, nor of what no identity provider has signed: strangers would fill the outbox with it. */
export async function announceSignIn(tx: Db, domain: Domain, row: SignIn): Promise<void> {
  if (row.kind === 'test' || row.name_id === null) return
  const { id, kind, code, person_id: personId, trace_id: txn, created_at: now } = row
  const name = `sign_in.${row.outcome === 'accepted' ? 'succeeded' : 'refused'}`
  await announce(tx, domain, { name, id, facts: { kind, person_id: personId, code }, txn, now })
}
