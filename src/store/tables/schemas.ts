// The tables of what a domain defines itself: schemas, and resources of its own types.

export interface ScimSchemasTable {
  domain_id: string
  /** Given once in a domain, never again. */
  number: number
  /** In lower case. */
  urn: string
  /** The registration as JSON. */
  definition: string
  created_at: string
  updated_at: string
  /** Since when nobody knows it any more; it is there until no resource has values of it. */
  retired_at: string | null
}

/** A resource of a type that the domain registered, as `users` has its own. */
export interface ResourcesTable {
  domain_id: string
  /** The number of its schema. */
  type: number
  id: string
  /** Its comparison key. */
  display_name: string | null
  external_id: string | null
  created_at: string
  updated_at: string
  version: number
  doc: string
}

/** The value of a unique attribute, as its comparison key, and the resource that has it. */
interface ResourceKeysTable {
  domain_id: string
  schema_number: number
  name: string
  value: string
  resource_id: string
}

export interface SchemaTables {
  scim_schemas: ScimSchemasTable
  resources: ResourcesTable
  resource_keys: ResourceKeysTable
}
