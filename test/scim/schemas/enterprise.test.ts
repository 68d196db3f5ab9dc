import { describe, expect, it } from 'vitest'
import { enterpriseSchema } from '../../../src/scim/schemas/enterprise.ts'
import { everywhere, outline } from './outline.ts'

describe('RFC 7643 §8.7.1 EnterpriseUser', () => {
  it('R30 has the attributes of §4.3; the name of the manager is the server’s to say', () => {
    expect(outline(enterpriseSchema.attributes)).toEqual([
      'employeeNumber',
      'costCenter',
      'organization',
      'division',
      'department',
      'manager value $ref displayName',
    ])
    expect(everywhere(enterpriseSchema.attributes, each => each.mutability !== 'readWrite')).toEqual([
      'manager.displayName',
    ])
  })
})
