// The documents by which a client learns what is here (RFC 7644 §4, RFC 7643 §5 to §7), and the list they come in.

import { capabilities } from './capabilities.ts'
import type { ResourceType, Schema } from './schema.ts'
import { discoverySchemas } from './schemas/service-provider.ts'

const core = 'urn:ietf:params:scim:schemas:core:2.0'

/** `baseUrl` is where the domain's SCIM endpoints are, without a slash at its end. */
export function serviceProviderConfig(baseUrl: string) {
  return {
    schemas: [`${core}:ServiceProviderConfig`],
    documentationUri: 'https://www.rfc-editor.org/info/rfc7644',
    ...capabilities,
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'OAuth Bearer Token',
        description: 'A token made for this domain, sent in the Authorization header.',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  }
}

export function resourceTypes(baseUrl: string, types: readonly ResourceType[]) {
  return types.map(({ id, name, endpoint, description, schema, extensions }) => ({
    schemas: [`${core}:ResourceType`],
    id,
    name,
    endpoint,
    description,
    schema: schema.id,
    schemaExtensions: extensions.map(each => ({ schema: each.schema.id, required: each.required })),
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${id}` },
  }))
}

/** The schema of every resource type and of its extensions, each once, and then those of the documents of this room. */
export function schemaDocuments(baseUrl: string, types: readonly ResourceType[]) {
  const schemas = new Map<string, Schema>()
  for (const type of types)
    for (const schema of [type.schema, ...type.extensions.map(each => each.schema)])
      schemas.set(schema.id, schema)
  for (const schema of discoverySchemas) schemas.set(schema.id, schema)
  return [...schemas.values()].map(schema => ({
    schemas: [`${core}:Schema`],
    ...schema,
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${schema.id}` },
  }))
}

interface Page {
  readonly totalResults: number
  readonly startIndex: number
}

/** RFC 7644 §3.4.2; without a page the list is the whole. */
export function listResponse(resources: readonly object[], page?: Page) {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: page?.totalResults ?? resources.length,
    startIndex: page?.startIndex ?? 1,
    itemsPerPage: resources.length,
    Resources: resources,
  }
}
