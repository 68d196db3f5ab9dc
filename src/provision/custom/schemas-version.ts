// Whether a write knows the schemas of today: what was read by older ones must not be written any more.
import { schemasChanged } from '../../scim/errors.ts'
import type { Resource } from '../../scim/resource.ts'
import { findContainer } from '../../scim/schema.ts'
import type { Db } from '../../store/db.ts'
import { keepSchemasVersion } from '../../store/resources/schemas.ts'
import type { Kind } from '../kind.ts'
import type { Push } from '../push.ts'

/** They stay as they are until the transaction ends. A domain without schemas of its own pays nothing for it. */
export async function requireCurrentSchemas(tx: Db, { token: { domain } }: Push): Promise<void> {
  if (domain.schemasVersion === 0) return
  if ((await keepSchemasVersion(tx, domain.id)) !== domain.schemasVersion) throw schemasChanged()
}

/** A first schema may have been registered, and values of it written, while this write was on its way. */
export function requireKnown({ type, retired }: Kind, { schemas }: Resource): void {
  const isKnown = (urn: string) => findContainer(type, urn) !== undefined || retired?.has(urn)
  if (!schemas.every(isKnown)) throw schemasChanged()
}
