// Which identity provider is speaking: by its User-Agent, and without one by the dialect of its body.

import type { Profile } from './quirks.ts'
import type { Json } from './resource.ts'
import { isObject } from './resource.ts'

/** As the SCIM log says it. */
export type IdentityProvider =
  | 'okta'
  | 'entra_id'
  | 'google'
  | 'onelogin'
  | 'jumpcloud'
  | 'ping'
  | 'rippling'
  | 'other'

/** What stands in a User-Agent, lower-cased → who sent it; the first that is found counts. */
const agents: readonly (readonly [string, IdentityProvider])[] = [
  ['okta', 'okta'],
  ['azure', 'entra_id'],
  ['entra', 'entra_id'],
  ['microsoft', 'entra_id'],
  ['google', 'google'],
  ['onelogin', 'onelogin'],
  ['jumpcloud', 'jumpcloud'],
  ['ping', 'ping'],
  ['rippling', 'rippling'],
]

/** `body` is the parsed request body, if there was one; it is looked at only when there is no User-Agent. */
export function identityProviderOf(userAgent: string | undefined, body: unknown): IdentityProvider {
  const agent = (userAgent ?? '').trim().toLowerCase()
  if (agent !== '') return agents.find(([sign]) => agent.includes(sign))?.[1] ?? 'other'
  if (speaksOneLogin(body)) return 'onelogin'
  return speaksEntra(body) ? 'entra_id' : 'other'
}

export function detectProfile(userAgent: string | undefined, body: unknown): Profile {
  const provider = identityProviderOf(userAgent, body)
  if (provider === 'entra_id') return 'entra'
  return provider === 'other' ? 'default' : provider
}

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

/** OneLogin's template: `id: null`, the SCIM 1 core URN, `manager.managerId`, or `emails` as one object. */
function speaksOneLogin(body: unknown): boolean {
  if (!isObject(body)) return false
  const manager = isObject(body[enterprise]) ? body[enterprise].manager : undefined
  return (
    body.id === null ||
    schemasOf(body).includes('urn:scim:schemas:core:1.0') ||
    (isObject(manager) && 'managerId' in manager) ||
    isObject(body.emails)
  )
}

const capitalised: ReadonlySet<unknown> = new Set(['Add', 'Replace', 'Remove'])

/** Entra: a capital letter in `op`, the ADSCIM URN, or a `meta` of `resourceType` alone in a new resource. */
function speaksEntra(body: unknown): boolean {
  if (!isObject(body)) return false
  if (schemasOf(body).some(urn => urn.startsWith('http://schemas.microsoft.com/'))) return true
  const operations = Array.isArray(body.Operations) ? body.Operations : []
  if (operations.some(each => isObject(each) && capitalised.has(each.op))) return true
  return isObject(body.meta) && Object.keys(body.meta).join() === 'resourceType'
}

function schemasOf(body: { [key: string]: Json }): string[] {
  return Array.isArray(body.schemas) ? body.schemas.filter(urn => typeof urn === 'string') : []
}
