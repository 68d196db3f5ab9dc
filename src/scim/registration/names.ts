// The names that a schema goes by: its URN, and the name and the endpoint of a resource type (RFC 7643 §6, §7).

import { came, quote } from '../resource.ts'
import { RegistrationError } from './refusal.ts'

const longestUrn = 200
const longestName = 60

/** RFC 8141 without what has a meaning in filters, paths and JSON paths. */
const urnForm = /^urn:[a-z0-9][a-z0-9-]{0,30}[a-z0-9](?::[A-Za-z0-9._-]+)+$/

const core = 'urn:ietf:params:scim:schemas:core:2.0'
const ours: readonly string[] = [
  `${core}:User`,
  `${core}:Group`,
  `${core}:Schema`,
  `${core}:ResourceType`,
  `${core}:ServiceProviderConfig`,
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  'urn:ietf:params:scim:api',
  'urn:ietf:params:scim:event',
]

export function readUrn(value: unknown): string {
  if (typeof value !== 'string') throw refuse('id', `Expected a URN, got ${came(value)}.`, isMissing(value))
  if (value.length > longestUrn)
    throw refuse('id', `Expected at most ${longestUrn} characters, got ${value.length}.`, 'max_length')
  if (!urnForm.test(value))
    throw refuse(
      'id',
      `Expected a URN like "urn:example:schemas:1.0:User", of letters, digits, ".", "_" and "-" between colons, got ${quote(value)}.`,
    )
  const known = ours.find(urn => overlap(urn, value))
  if (known)
    throw refuse('id', `Expected a URN of your own, got ${quote(value)}: ${known} is ours.`, 'unique')
  return value
}

/** Whether the two are the same, or one could be read as the path of an attribute inside of the other. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [`${one.toLowerCase()}:`, `${other.toLowerCase()}:`]
  return a.startsWith(b) || b.startsWith(a)
}

/** Words that mean something else in this product's audit log, events and log. */
const taken: ReadonlySet<string> = new Set([
  ...['user', 'group', 'schema', 'resourcetype', 'serviceproviderconfig', 'resource', 'bulk', 'me'],
  ...['organization', 'domain', 'person', 'people', 'member', 'project', 'token', 'scim', 'saml', 'key'],
  ...['api_key', 'session', 'invite', 'document', 'integration', 'job', 'sign_in', 'event', 'audit'],
])

export function readTypeName(value: unknown): string {
  const name = readWord(value, 'name', /^[A-Za-z][A-Za-z0-9_-]*$/)
  if (taken.has(name.toLowerCase()))
    throw refuse('resource_type', `Expected a name of your own, got ${quote(name)}, which is ours.`, 'unique')
  return name
}

const endpoints: ReadonlySet<string> = new Set([
  ...['/users', '/groups', '/me', '/bulk', '/schemas', '/resourcetypes', '/serviceproviderconfig'],
])

/** `/Devices`. Without `_`, which Okta does not accept in a path. */
export function readEndpoint(value: unknown): string {
  const endpoint = readWord(value, 'endpoint', /^\/[A-Za-z][A-Za-z0-9-]*$/)
  if (endpoints.has(endpoint.toLowerCase()))
    throw refuse(
      'resource_type',
      `Expected an endpoint of its own, got ${quote(endpoint)}, which is taken.`,
      'unique',
    )
  return endpoint
}

function readWord(value: unknown, name: string, form: RegExp): string {
  if (typeof value !== 'string')
    throw refuse('resource_type', `In ${name}: expected text, got ${came(value)}.`, isMissing(value))
  if (value.length > longestName)
    throw refuse(
      'resource_type',
      `In ${name}: expected at most ${longestName} characters, got ${value.length}.`,
      'max_length',
    )
  if (!form.test(value)) {
    const example = name === 'endpoint' ? '"/Devices"' : '"Device"'
    throw refuse('resource_type', `In ${name}: expected a word like ${example}, got ${quote(value)}.`)
  }
  return value
}

const isMissing = (value: unknown) => (value === undefined ? 'required' : 'invalid_input')

const refuse = (member: string, detail: string, code: RegistrationError['code'] = 'invalid_input') =>
  new RegistrationError(code, member, detail)
