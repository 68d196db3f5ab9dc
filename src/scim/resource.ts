// A SCIM resource as a value: canonical names, no nulls, no empty arrays (RFC 7643 §2.5, §3).

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** Keys come from the schema, never from a client; extensions stand under their URN. */
export type Resource = { schemas: string[] } & JsonObject

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
