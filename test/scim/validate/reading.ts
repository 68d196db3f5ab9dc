// Reads users for the tests of validation, and says in one line what a refusal said.

import { ScimError } from '../../../src/scim/errors.ts'
import { Leniency, type Quirk } from '../../../src/scim/quirks.ts'
import type { Resource } from '../../../src/scim/resource.ts'
import { userType } from '../../../src/scim/resource-types.ts'
import { enterpriseSchema } from '../../../src/scim/schemas/enterprise.ts'
import { userSchema } from '../../../src/scim/schemas/user.ts'
import { readResource } from '../../../src/scim/validate.ts'

export const user = userSchema.id
export const enterprise = enterpriseSchema.id

export const read = (body: unknown, leniency = new Leniency()): Resource =>
  readResource(userType, body, leniency)
export const bjensen = (rest: object = {}) => ({ schemas: [user], userName: 'bjensen', ...rest })

export function noted(body: unknown): { resource: Resource; quirks: Quirk[] } {
  const leniency = new Leniency()
  return { resource: read(body, leniency), quirks: [...leniency.noted] }
}

export function refusal(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof ScimError) return `${error.status} ${error.scimType}: ${error.message}`
    throw error
  }
  return 'nothing was refused'
}

export const strictly = (body: unknown) => refusal(() => read(body, new Leniency('strict')))
