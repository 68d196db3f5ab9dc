import { describe, expect, it } from 'vitest'
import { grantableScopes, includesScope } from '../../src/domain/scope.ts'

describe('scope', () => {
  it('can be reading or writing of four areas, or everything', () => {
    expect(grantableScopes).toEqual([
      '*',
      'organization:read',
      'organization:write',
      'organization_member:read',
      'organization_member:write',
      'organization_integration:read',
      'organization_integration:write',
      'legal_document:read',
      'legal_document:write',
    ])
  })

  it('includes itself, and reading in writing', () => {
    expect(includesScope(['organization:read'], 'organization:read')).toBe(true)
    expect(includesScope(['organization:write'], 'organization:read')).toBe(true)
    expect(includesScope(['organization:read'], 'organization:write')).toBe(false)
  })

  it('includes no other area', () => {
    expect(includesScope(['organization:write'], 'organization_member:read')).toBe(false)
    expect(includesScope([], 'organization:read')).toBe(false)
  })

  it('is included in *', () => {
    expect(includesScope(['*'], 'legal_document:write')).toBe(true)
  })
})
