import { describe, expect, it } from 'vitest'
import { afterRecheck, judge, recordFor } from '../../src/domain/verification.ts'

const domain = { name: 'acme.test', challenge: 'q7Rw1mZx0LbV9tKc4Yd8Nf3Gh6Js2Pa5-UoIeXyWzTk' }
const name = '_gatehouse-challenge.acme.test'
const found = (...values: string[]) => judge({ outcome: 'found', values }, domain, 'gatehouse')

describe('verification: the record', () => {
  it('is a TXT record below the domain with the challenge as its value', () => {
    expect(recordFor(domain, 'gatehouse')).toEqual({ type: 'TXT', name, value: domain.challenge })
    expect(recordFor(domain, 'corp').name).toBe('_corp-challenge.acme.test')
  })
})

describe('verification: judge', () => {
  it('is verified by any record that equals the challenge', () => {
    expect(found(domain.challenge)).toEqual({
      outcome: 'verified',
      name,
      found: [domain.challenge],
      resolver_error: null,
      hint: null,
    })
    expect(found('v=spf1 -all', domain.challenge).outcome).toBe('verified')
  })

  it('is not_found without a record, and says where consoles tend to put it', () => {
    const check = judge({ outcome: 'absent' }, domain, 'gatehouse')
    expect(check).toMatchObject({ outcome: 'not_found', name, found: [], resolver_error: null })
    expect(check.hint).toContain('type only _gatehouse-challenge,')
    expect(check.hint).toContain(`${name}.acme.test`)
  })

  it('is resolver_error when the look-up failed, and passes on why', () => {
    const check = judge(
      { outcome: 'failed', error: 'the name server answered SERVFAIL' },
      domain,
      'gatehouse',
    )
    expect(check).toMatchObject({
      outcome: 'resolver_error',
      found: [],
      resolver_error: 'the name server answered SERVFAIL',
    })
    expect(check.hint).toContain('Try again')
  })

  it.each([
    ['quotes', `"${domain.challenge}"`, 'quotes'],
    ['white space around it', ` ${domain.challenge}\n`, 'white space'],
    ['spaces inside', `${domain.challenge.slice(0, 20)} ${domain.challenge.slice(20)}`, 'spaces'],
    ['another case', domain.challenge.toLowerCase(), 'upper and lower case'],
    ['more than the value', `challenge=${domain.challenge}`, 'more than the value'],
    ['a value cut short', domain.challenge.slice(0, 40), '40 of 43 characters'],
    ['its own name', name, 'its own name'],
    ['another challenge', 'A'.repeat(43), 'another challenge'],
    ['something else', 'v=spf1 -all', 'Expected the value'],
  ])('is mismatch for %s, and the hint says so', (_mistake, value, hint) => {
    expect(found(value)).toMatchObject({ outcome: 'mismatch', found: [value] })
    expect(found(value).hint).toContain(hint)
  })

  it('hints at the record that comes near, wherever it stands in the answer', () => {
    expect(found('v=spf1 -all', '', `"${domain.challenge}"`).hint).toContain('quotes')
  })
})

describe('verification: afterRecheck', () => {
  const day = (number: number) => new Date(Date.UTC(2026, 0, number))
  const time = (number: number) => day(number).toISOString()
  const healthy = { failingSince: null, verificationLostAt: null }
  const verified = found(domain.challenge)
  const failed = judge({ outcome: 'absent' }, domain, 'gatehouse')
  const timedOut = judge({ outcome: 'failed', error: 'time-out' }, domain, 'gatehouse')
  const keep = 'keep'

  it('notes the time of a good check and nothing else', () => {
    expect(afterRecheck(healthy, verified, { now: day(1), policy: keep })).toEqual({
      changes: { lastCheckedAt: time(1), ...healthy },
      event: null,
    })
  })

  it.each([
    ['without a record', failed],
    ['with a time-out', timedOut],
    ['with another value', found('x')],
  ])('counts from the first failed day, %s', (_reason, check) => {
    expect(afterRecheck(healthy, check, { now: day(1), policy: keep })).toEqual({
      changes: { lastCheckedAt: time(1), failingSince: time(1), verificationLostAt: null },
      event: null,
    })
  })

  it('notes the loss once, after seven failed days, and keeps the domain verified', () => {
    const failing = { failingSince: time(1), verificationLostAt: null }
    expect(afterRecheck(failing, failed, { now: day(7), policy: keep }).event).toBeNull()
    const loss = afterRecheck(failing, failed, { now: day(8), policy: keep })
    expect(loss).toEqual({
      changes: { lastCheckedAt: time(8), failingSince: time(1), verificationLostAt: time(8) },
      event: 'lost',
    })
    expect(afterRecheck(loss.changes, failed, { now: day(9), policy: keep })).toEqual({
      changes: { lastCheckedAt: time(9), failingSince: time(1), verificationLostAt: time(8) },
      event: null,
    })
  })

  it('takes the verification, and all that needs it, where the policy is revoke', () => {
    const failing = { failingSince: time(1), verificationLostAt: null }
    expect(afterRecheck(failing, failed, { now: day(7), policy: 'revoke' }).changes).not.toHaveProperty(
      'verifiedAt',
    )
    expect(afterRecheck(failing, failed, { now: day(8), policy: 'revoke' })).toEqual({
      changes: {
        lastCheckedAt: time(8),
        failingSince: time(1),
        verificationLostAt: time(8),
        verifiedAt: null,
        verifiedBy: null,
        scimEnabled: false,
        jitProvisioningEnabled: false,
        ssoEnforcement: '',
      },
      event: 'lost',
    })
  })

  it('forgets the failed days after one good check, and tells when a loss is over', () => {
    const failing = { failingSince: time(1), verificationLostAt: null }
    expect(afterRecheck(failing, verified, { now: day(3), policy: keep })).toEqual({
      changes: { lastCheckedAt: time(3), ...healthy },
      event: null,
    })
    const lost = { failingSince: time(1), verificationLostAt: time(8) }
    expect(afterRecheck(lost, verified, { now: day(20), policy: keep }).event).toBe('restored')
  })
})
