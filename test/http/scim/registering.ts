// Schemas as an administrator registers them, for tests of what a directory sees of them.
import { operatorCaller } from '../../../src/manage/caller.ts'
import { changeSchema, registerSchema, removeSchema } from '../../../src/manage/domains/scim-schemas.ts'
import type { Surface } from './surface.ts'

export const badgeUrn = 'urn:ietf:params:scim:schemas:extension:acme:2.0:User'

/** An extension of the user with something of everything. */
export const badge = {
  id: badgeUrn,
  name: 'Acme',
  description: 'What Acme knows of its people',
  extends: 'User',
  attributes: [
    { name: 'badge', type: 'string', uniqueness: 'server', description: 'The number on the badge' },
    { name: 'floor', type: 'integer' },
    { name: 'since', type: 'dateTime' },
    { name: 'pin', type: 'string', mutability: 'writeOnly', returned: 'never' },
    { name: 'note', type: 'string', returned: 'request' },
    {
      name: 'desk',
      type: 'complex',
      subAttributes: [{ name: 'room' }, { name: 'secret', returned: 'request' }],
    },
    {
      name: 'keys',
      type: 'complex',
      multiValued: true,
      subAttributes: [
        { name: 'value', caseExact: true },
        { name: 'type', canonicalValues: ['front', 'back'] },
        { name: 'primary', type: 'boolean' },
      ],
    },
  ],
}

export const deviceUrn = 'urn:example:schemas:1.0:Device'

/** A type of resource of its own. */
export const device = {
  id: deviceUrn,
  name: 'Device',
  description: 'Something that people carry',
  resource_type: { name: 'Device', endpoint: '/Devices', description: 'A device' },
  attributes: [
    { name: 'displayName', required: true },
    { name: 'serial', required: true, caseExact: true, mutability: 'immutable', uniqueness: 'server' },
    { name: 'price', type: 'decimal' },
    { name: 'active', type: 'boolean' },
    { name: 'owner', type: 'reference', referenceTypes: ['User'] },
    { name: 'tags', multiValued: true },
    {
      name: 'ports',
      type: 'complex',
      multiValued: true,
      subAttributes: [{ name: 'value', type: 'integer', required: true }, { name: 'type' }],
    },
  ],
}

const callerOf = ({ tenant }: Surface) => operatorCaller(tenant.organizationId)

export const register = (surface: Surface, definition: object) =>
  registerSchema(surface.ctx, callerOf(surface), { domainId: surface.tenant.domain.id, definition })

export const alter = (surface: Surface, definition: { id: string; [member: string]: unknown }) =>
  changeSchema(surface.ctx, callerOf(surface), {
    domainId: surface.tenant.domain.id,
    urn: definition.id,
    definition,
  })

export const unregister = (surface: Surface, urn: string) =>
  removeSchema(surface.ctx, callerOf(surface), { domainId: surface.tenant.domain.id, urn })
