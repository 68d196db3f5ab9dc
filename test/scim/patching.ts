// What the PATCH tests share: one well-filled user, and the two steps of a PATCH as one call.

import { expect } from 'vitest'
import { ScimError, type ScimType } from '../../src/scim/errors.ts'
import { applyPatch, readPatch } from '../../src/scim/patch.ts'
import { Leniency } from '../../src/scim/quirks.ts'
import type { Resource } from '../../src/scim/resource.ts'
import { userType } from '../../src/scim/resource-types.ts'

export const core = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
export const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

export const barbara: Resource = {
  schemas: [core, enterprise],
  id: '2819c223-7f76-453a-919d-413861904646',
  externalId: '701984',
  userName: 'bjensen@example.com',
  name: { familyName: 'Jensen', givenName: 'Barbara', middleName: 'Jane' },
  displayName: 'Babs Jensen',
  active: true,
  emails: [
    { value: 'bjensen@example.com', type: 'work', primary: true },
    { value: 'babs@jensen.org', type: 'home' },
  ],
  addresses: [{ streetAddress: '100 Universal City Plaza', locality: 'Hollywood', type: 'work' }],
  [enterprise]: { employeeNumber: '701984', manager: { value: '26118915', $ref: '../Users/26118915' } },
  meta: { resourceType: 'User', created: '2010-01-23T04:56:22Z' },
}

/** A user with nothing that is not required. */
export const bare: Resource = { schemas: [core], userName: 'bare' }

export const asBody = (...operations: unknown[]) => ({ schemas: [patchOp], Operations: operations })

export const read = (operation: unknown, leniency = new Leniency()) =>
  readPatch(userType, asBody(operation), leniency)

export function patch(resource: Resource, operations: unknown[], leniency = new Leniency()): Resource {
  return applyPatch(userType, resource, readPatch(userType, asBody(...operations), leniency), leniency)
}

export const patchStrictly = (resource: Resource, operations: unknown[]) =>
  patch(resource, operations, new Leniency('strict'))

/** `act` is refused with a 400 of this type. */
export function expectRefusal(act: () => unknown, scimType: ScimType): void {
  let thrown: unknown
  try {
    act()
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(ScimError)
  expect(thrown).toMatchObject({ status: 400, scimType })
}
