// Takes the values of an extension that a domain has given up out of its resources, some at a time.
import type { Context } from '../../context.ts'
import { transact } from '../../store/db.ts'
import type { StoredRow } from '../../store/query/pages.ts'
import { deleteScimSchema, findScimSchema, listHolders } from '../../store/resources/schemas.ts'
import { parseDocument } from '../document.ts'
import type { Kind } from '../kind.ts'
import { standardKinds } from '../kinds.ts'
import { draftOf } from '../resource.ts'

const atOnce = 100

/** `key` is `<domain> <number of the schema>`. Nobody can write values of it any more; when none is left it is forgotten. */
export async function* retireSchema(ctx: Context, key: string): AsyncGenerator<void> {
  const [domainId = '', number] = key.split(' ')
  const schema = await findScimSchema(ctx.db, { domainId, number: Number(number) })
  if (!schema?.isRetired || schema.registration.kind !== 'extension') return
  const { extended, schema: definition } = schema.registration
  const kind = standardKinds.find(({ type }) => type.id === extended)
  if (!kind) return
  for (let after = ''; ; ) {
    const ids = await listHolders(ctx.db, schema.registration, { domainId, after, limit: atOnce })
    for (const id of ids) await dropValues(ctx, kind, { domainId, id, urn: definition.id })
    yield
    after = ids.at(-1) ?? after
    if (ids.length < atOnce) break
  }
  await transact(ctx.db, tx => deleteScimSchema(tx, schema))
}

/** A new version of the resource, since it is another one to whoever reads it. */
async function dropValues(
  ctx: Context,
  kind: Kind,
  { domainId, id, urn }: { domainId: string; id: string; urn: string },
): Promise<void> {
  const now = ctx.now().toISOString()
  await transact(ctx.db, async tx => {
    const row: StoredRow | undefined = await kind.rows.lock(tx, domainId, id)
    if (!row) return
    const before = parseDocument(row.doc)
    const { [urn]: values, ...rest } = before
    if (values === undefined) return
    const after = { ...rest, schemas: before.schemas.filter(each => each !== urn) }
    const base = { ...row, version: row.version + 1, updated_at: now }
    await kind.rows.replace(tx, draftOf(kind, base, { resource: after, before: row }), { before, after })
  })
}
