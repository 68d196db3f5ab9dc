import { describe, expect, it } from 'vitest'
import { detectProfile, identityProviderOf } from '../../src/scim/identity-provider.ts'
import { profiles } from '../../src/scim/quirks.ts'
import { core, enterprise } from './patching.ts'

describe('the identity provider by its User-Agent', () => {
  it.each([
    ['Okta SCIM Client 1.0.0', 'okta'],
    ['Azure AD Provisioning', 'entra_id'],
    ['Microsoft-Entra/1.0', 'entra_id'],
    ['microsoft.aad.provisioning', 'entra_id'],
    ['Google-Auto-Provisioning', 'google'],
    ['OneLogin', 'onelogin'],
    ['JumpCloud SCIM', 'jumpcloud'],
    ['PingFederate', 'ping'],
    ['RIPPLING-scim', 'rippling'],
    ['curl/8.5.0', 'other'],
  ] as const)('%s is %s', (userAgent, provider) => {
    expect(identityProviderOf(userAgent, undefined)).toBe(provider)
  })

  it('believes a User-Agent over the body', () => {
    expect(identityProviderOf('curl/8.5.0', { id: null })).toBe('other')
  })
})

describe('the identity provider by the dialect of its body, when there is no User-Agent', () => {
  const adscim = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'

  it.each([
    { schemas: [core, enterprise], userName: 'a', meta: { resourceType: 'User' } },
    { schemas: [adscim], displayName: 'Sales' },
    { Operations: [{ op: 'Replace', path: 'active', value: 'False' }] },
    { Operations: [{ op: 'add' }, { op: 'Remove' }] },
  ])('Entra: %j', body => {
    for (const none of [undefined, '', ' ']) expect(identityProviderOf(none, body)).toBe('entra_id')
  })

  it.each([
    { schemas: [core], id: null, userName: 'a', meta: { resourceType: 'User' } },
    { schemas: ['urn:scim:schemas:core:1.0'], userName: 'a' },
    { schemas: [core], emails: { value: 'a@example.com' } },
    { schemas: [core], [enterprise]: { manager: { managerId: '7', displayName: 'M' } } },
  ])('OneLogin: %j', body => {
    expect(identityProviderOf('', body)).toBe('onelogin')
  })

  it.each([
    undefined,
    null,
    'text',
    [],
    {},
    { schemas: 'x', Operations: 7, meta: [] },
    { Operations: [{ op: 'replace' }, null, { op: ['Add'] }] },
    { schemas: [core], userName: 'a', emails: [{ value: 'a@example.com' }] },
  ])('nobody known: %j', body => {
    expect(identityProviderOf(undefined, body)).toBe('other')
  })
})

describe('the profile', () => {
  it('follows the identity provider, and is the default for an unknown one', () => {
    expect(detectProfile('Azure AD Provisioning', undefined)).toBe('entra')
    expect(detectProfile('Okta SCIM Client 1.0.0', undefined)).toBe('okta')
    expect(detectProfile('curl/8.5.0', undefined)).toBe('default')
  })

  it('is never strict by itself', () => {
    for (const userAgent of profiles) expect(detectProfile(userAgent, undefined)).not.toBe('strict')
  })
})
