// The SCIM schemas of a domain: extensions of its users and groups, and types of resources of its own.
import { invalid, missing, Refusal } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { findBreak } from '../../scim/registration/change.ts'
import { RegistrationError } from '../../scim/registration/refusal.ts'
import { type Registration, readRegistration, refuseClash } from '../../scim/registration.ts'
import { type Db, transact } from '../../store/db.ts'
import { lockDomain } from '../../store/domain/domains.ts'
import { ensureJob } from '../../store/records/jobs.ts'
import { countResources } from '../../store/resources/counts.ts'
import {
  deleteScimSchema,
  insertScimSchema,
  isInUse,
  listScimSchemas,
  replaceScimSchema,
  retireScimSchema,
  type ScimSchema,
} from '../../store/resources/schemas.ts'
import { changesBetween, record } from '../audit.ts'
import { type Caller, holdLevel, requireLevel } from '../caller.ts'

/** Takes the values of a schema that is gone out of the resources; its key is `<domain> <number of the schema>`. */
export const retireJob = 'scim_schema.retire'

interface Place {
  readonly domainId: string
  /** In any case. */
  readonly urn: string
}

export async function readSchemas(ctx: Context, domainId: string, page: { limit: number; offset: number }) {
  const living = await listLiving(ctx.db, domainId)
  return { count: living.length, results: living.slice(page.offset, page.offset + page.limit).map(view) }
}

export const readSchema = async (ctx: Context, { domainId, urn }: Place) =>
  view(requireSchema(await listLiving(ctx.db, domainId), urn))

/** Known to the next request of the directory; what is there already need not have values of it. */
export async function registerSchema(
  ctx: Context,
  caller: Caller,
  { domainId, definition }: { domainId: string; definition: object },
) {
  const registration = refusing(() => readRegistration(definition))
  const now = ctx.now().toISOString()
  return transact(ctx.db, async tx => {
    const schemas = await lockSchemas(tx, caller, domainId)
    const urn = registration.schema.id.toLowerCase()
    const leaving = schemas.find(each => each.isRetired && urnOf(each) === urn)
    if (leaving)
      throw conflict('being_removed', `Values of the former ${urn} are being removed; try again shortly.`)
    const others = schemas.filter(each => !each.isRetired).map(each => each.registration)
    refusing(() => refuseClash(registration, others))
    const made = await insertScimSchema(tx, { domainId, registration, now })
    await recordSchema(tx, caller, { action: 'registered', after: made, now })
    return view(made)
  })
}

/** While resources have values of it, a schema can change in no way that these could not live with. */
export async function changeSchema(
  ctx: Context,
  caller: Caller,
  { domainId, urn, definition }: Place & { definition: object },
) {
  const registration = refusing(() => readRegistration({ id: urn, ...definition }))
  if (registration.schema.id.toLowerCase() !== urn.toLowerCase())
    throw invalid('invalid_input', `Expected ${urn}, got ${registration.schema.id}: a URN stays.`, 'id')
  const now = ctx.now().toISOString()
  return transact(ctx.db, async tx => {
    const schemas = (await lockSchemas(tx, caller, domainId)).filter(each => !each.isRetired)
    const before = requireSchema(schemas, urn)
    const others = schemas.filter(each => each !== before).map(each => each.registration)
    refusing(() => refuseClash(registration, others))
    const broken = findBreak(before.registration, registration)
    if (broken && (await isInUse(tx, before)))
      throw conflict('in_use', `Resources have values of this schema, and with the change ${broken}.`)
    const after = { ...before, registration, updatedAt: now }
    if (JSON.stringify(registration) === JSON.stringify(before.registration)) return view(before)
    await replaceScimSchema(tx, after)
    await recordSchema(tx, caller, { action: 'changed', before, after, now })
    return view(after)
  })
}

/** The values of an extension go with it, and are shown no more at once; a type goes when no resource is of it. */
export async function removeSchema(ctx: Context, caller: Caller, { domainId, urn }: Place): Promise<void> {
  const now = ctx.now().toISOString()
  await transact(ctx.db, async tx => {
    const schemas = await lockSchemas(tx, caller, domainId)
    const living = schemas.filter(each => !each.isRetired)
    const schema = requireSchema(living, urn)
    const { number, registration } = schema
    if (!(await isInUse(tx, schema))) await deleteScimSchema(tx, schema)
    else if (registration.kind === 'type') {
      const count = await countResources(tx, domainId, registration.name)
      throw conflict('in_use', `${registration.name} has ${count} resources; delete them first.`)
    } else {
      await retireScimSchema(tx, schema, now)
      await ensureJob(tx, { name: retireJob, key: `${domainId} ${number}`, runAt: now })
    }
    await recordSchema(tx, caller, { action: 'deleted', before: schema, now })
  })
}

/** All of the domain; nobody else changes them or writes by them before the transaction ends. */
async function lockSchemas(tx: Db, caller: Caller, domainId: string): Promise<ScimSchema[]> {
  requireLevel(await holdLevel(tx, caller), 'admin')
  if (!(await lockDomain(tx, caller.organizationId, domainId))) throw missing()
  return (await listScimSchemas(tx, domainId)).schemas
}

const listLiving = async (db: Db, domainId: string): Promise<ScimSchema[]> =>
  (await listScimSchemas(db, domainId)).schemas.filter(each => !each.isRetired)

const urnOf = ({ registration }: ScimSchema): string => registration.schema.id.toLowerCase()

function requireSchema(schemas: readonly ScimSchema[], urn: string): ScimSchema {
  const found = schemas.find(each => urnOf(each) === urn.toLowerCase())
  if (!found) throw missing()
  return found
}

function refusing<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RegistrationError) throw invalid(error.code, error.message, error.member)
    throw error
  }
}

const conflict = (code: string, detail: string) => new Refusal('conflict', code, detail)

interface SchemaChange {
  readonly action: 'registered' | 'changed' | 'deleted'
  readonly before?: ScimSchema
  readonly after?: ScimSchema
  readonly now: string
}

async function recordSchema(
  tx: Db,
  caller: Caller,
  { action, before, after, now }: SchemaChange,
): Promise<void> {
  const old = before ? describe(before.registration) : {}
  const gone = Object.fromEntries(Object.keys(old).map(name => [name, null]))
  const id = (after ?? before)?.registration.schema.id ?? ''
  await record(tx, caller, {
    action: `scim.schema_${action}`,
    target: { type: 'scim_schema', id, label: id },
    changes: changesBetween(old, after ? describe(after.registration) : gone),
    now,
  })
}

const view = ({ registration, createdAt, updatedAt }: ScimSchema) => ({
  ...describe(registration),
  created_at: createdAt,
  updated_at: updatedAt,
})

/** In the form in which it is registered. */
function describe(registration: Registration) {
  const { schema } = registration
  const use =
    registration.kind === 'extension'
      ? { extends: registration.extended, required: registration.required, resource_type: null }
      : { extends: null, required: false, resource_type: typeIn(registration) }
  return { ...schema, ...use }
}

const typeIn = ({ name, endpoint, description }: Registration & { kind: 'type' }) => ({
  name,
  endpoint,
  description,
})
