// The SCIM schemas of a domain over HTTP. What a definition must be is said in scim/registration.ts.
import { z } from 'zod'
import type { Context } from '../../context.ts'
import type { Caller } from '../../manage/caller.ts'
import { requireDomain } from '../../manage/domains/domains.ts'
import * as schemas from '../../manage/domains/scim-schemas.ts'
import { readJson } from './mount/body.ts'
import { type Call, inOrganization } from './mount/operation.ts'
import { pageOf, slice, sliceOf } from './mount/paging.ts'
import * as shapes from './mount/shapes.ts'

const texts = z.array(z.string()).readonly().optional()
const attribute = z
  .object({
    name: z.string(),
    type: z.enum(['string', 'boolean', 'decimal', 'integer', 'dateTime', 'binary', 'reference', 'complex']),
    multiValued: z.boolean(),
    description: z.string(),
    required: z.boolean(),
    caseExact: z.boolean(),
    mutability: z.enum(['readOnly', 'readWrite', 'immutable', 'writeOnly']),
    returned: z.enum(['always', 'never', 'default', 'request']),
    uniqueness: z.enum(['none', 'server', 'global']),
    canonicalValues: texts,
    referenceTypes: texts,
    get subAttributes() {
      return z.array(attribute).readonly().optional()
    },
  })
  .meta({ id: 'ScimAttribute' })
const resourceType = z.object({
  name: z.string(),
  endpoint: z.string().describe('`/Devices`'),
  description: z.string().optional(),
})

const definition = z
  .object({
    id: z.string().describe('The URN; it stays.'),
    name: z.string(),
    description: z.string().optional(),
    attributes: z
      .array(z.looseObject({}))
      .describe('As RFC 7643 §7 writes them: `name`, `type`, `multiValued`, `subAttributes`, …'),
    extends: z.enum(['User', 'Group']).nullish().describe('This, or `resource_type`.'),
    required: z.boolean().nullish(),
    resource_type: resourceType.nullish(),
  })
  .meta({ id: 'ScimSchemaDefinition' })
const changedDefinition = definition.partial({ id: true }).meta({ id: 'ScimSchemaChange' })

const schema = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    attributes: z.array(attribute).readonly(),
    extends: z.enum(['User', 'Group']).nullable(),
    required: z.boolean(),
    resource_type: resourceType.required().nullable(),
    created_at: shapes.instant,
    updated_at: shapes.instant,
  })
  .meta({ id: 'ScimSchema' })

export const list = inOrganization({
  id: 'listScimSchemas',
  summary: 'The schemas that were registered for a domain',
  query: slice,
  answer: pageOf(schema),
  run: async (ctx, { caller, url, id: idOf, query }) => {
    const { id } = await requireDomain(ctx, caller, idOf('id'))
    const asked = query()
    return sliceOf(url, asked, await schemas.readSchemas(ctx, id, asked))
  },
})

export const register = inOrganization({
  id: 'registerScimSchema',
  summary: 'Register a schema: an extension, or a type of resources',
  body: definition,
  answer: schema,
  status: 201,
  run: async (ctx, { caller, c, id }) => {
    const { id: domainId } = await requireDomain(ctx, caller, id('id'))
    return schemas.registerSchema(ctx, caller, { domainId, definition: await readJson(c) })
  },
})

export const show = inOrganization({
  id: 'getScimSchema',
  summary: 'A registered schema',
  answer: schema,
  run: async (ctx, call) => schemas.readSchema(ctx, await placeOf(ctx, call)),
})

export const change = inOrganization({
  id: 'updateScimSchema',
  summary: 'Change a registered schema in a way that its values can live with',
  body: changedDefinition,
  answer: schema,
  run: async (ctx, call) => {
    const place = await placeOf(ctx, call)
    await schemas.readSchema(ctx, place)
    return schemas.changeSchema(ctx, call.caller, { ...place, definition: await readJson(call.c) })
  },
})

export const remove = inOrganization({
  id: 'deleteScimSchema',
  summary: 'Give up a registered schema',
  answer: 'nothing',
  run: async (ctx, call) => schemas.removeSchema(ctx, call.caller, await placeOf(ctx, call)),
})

async function placeOf(ctx: Context, { caller, c, id }: Call<Caller>) {
  const { id: domainId } = await requireDomain(ctx, caller, id('id'))
  return { domainId, urn: c.req.param('urn') ?? '' }
}
