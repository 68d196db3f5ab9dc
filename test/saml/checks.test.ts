import { describe, expect, it } from 'vitest'
import { attempt, fail, openChecks, pass } from '../../src/saml/checks.ts'
import { SamlRefusal } from '../../src/saml/refusal.ts'

const refusal = new SamlRefusal('saml_replayed', 'an assertion that is new', 'one that was used')

describe('checks', () => {
  it('begin in the order of the road, none reached', () => {
    const checks = [...openChecks().values()]
    expect(checks.map(each => each.name).slice(0, 4)).toEqual(['transport', 'xml', 'connection', 'status'])
    expect(checks.every(each => each.outcome === 'not_reached')).toBe(true)
  })

  it('keep their place when they pass and fail', () => {
    const checks = openChecks()
    const order = [...checks.keys()]
    fail(checks, 'replay', refusal)
    pass(checks, 'transport')
    pass(checks, 'email', { expected: 'an address', got: 'ada@acme.test' })
    expect([...checks.keys()]).toEqual(order)
    expect(checks.get('transport')).toEqual({
      name: 'transport',
      outcome: 'passed',
      expected: null,
      got: null,
    })
    expect(checks.get('email')).toMatchObject({ outcome: 'passed', got: 'ada@acme.test' })
    expect(checks.get('replay')).toMatchObject({
      outcome: 'failed',
      expected: refusal.expected,
      got: refusal.got,
    })
  })

  it('are written down by the work that is attempted, which goes on or throws as before', () => {
    const checks = openChecks()
    const say = (result: number) => ({ expected: 'a number', got: `${result}` })
    expect(attempt(checks, 'xml', () => 5, say)).toBe(5)
    expect(checks.get('xml')).toMatchObject({ outcome: 'passed', got: '5' })
    const refuse = () => {
      throw refusal
    }
    expect(() => attempt(checks, 'replay', refuse)).toThrow(refusal)
    expect(checks.get('replay')?.outcome).toBe('failed')
  })

  it('do not hide a mistake of ours as a refusal', () => {
    const checks = openChecks()
    const break_ = () => {
      throw new TypeError('a mistake')
    }
    expect(() => attempt(checks, 'xml', break_)).toThrow(TypeError)
    expect(checks.get('xml')?.outcome).toBe('not_reached')
  })
})
