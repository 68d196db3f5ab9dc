import { describe, expect, it } from 'vitest'
import { adopt, attempt, fail, openChecks, pass, pause } from '../../src/saml/checks.ts'
import { SamlRefusal } from '../../src/saml/refusal.ts'

const refusal = new SamlRefusal('saml_replayed', 'an assertion that is new', 'one that was used')

describe('checks', () => {
  it('begin in the order of the road, none reached', () => {
    const checks = [...openChecks().list.values()]
    expect(checks.map(each => each.name).slice(0, 4)).toEqual(['transport', 'xml', 'connection', 'status'])
    expect(checks.every(each => each.outcome === 'not_reached')).toBe(true)
  })

  it('keep their place when they pass and fail', () => {
    const checks = openChecks()
    const order = [...checks.list.keys()]
    fail(checks, 'replay', refusal)
    pass(checks, 'transport')
    pass(checks, 'email', { expected: 'an address', got: 'ada@acme.test' })
    expect([...checks.list.keys()]).toEqual(order)
    expect(checks.list.get('transport')).toEqual({
      name: 'transport',
      outcome: 'passed',
      expected: null,
      got: null,
      ms: null,
    })
    expect(checks.list.get('email')).toMatchObject({ outcome: 'passed', got: 'ada@acme.test' })
    expect(checks.list.get('replay')).toMatchObject({
      outcome: 'failed',
      expected: refusal.expected,
      got: refusal.got,
    })
  })

  it('are written down by the work that is attempted, which goes on or throws as before', () => {
    const checks = openChecks()
    const say = (result: number) => ({ expected: 'a number', got: `${result}` })
    expect(attempt(checks, 'xml', () => 5, say)).toBe(5)
    expect(checks.list.get('xml')).toMatchObject({ outcome: 'passed', got: '5' })
    const refuse = () => {
      throw refusal
    }
    expect(() => attempt(checks, 'replay', refuse)).toThrow(refusal)
    expect(checks.list.get('replay')?.outcome).toBe('failed')
  })

  it('have each the time since the one before, where somebody measures', () => {
    let now = 100
    const takes = (ms: number, work: () => void) => {
      now += ms
      work()
    }
    const checks = openChecks(() => now)
    takes(2, () => pass(checks, 'transport'))
    takes(3, () => pass(checks, 'xml'))
    takes(5, () => pass(checks, 'status'))
    takes(7, () => pass(checks, 'xml'))
    const elsewhere = openChecks(() => now * 2)
    takes(11, () => fail(elsewhere, 'signature', refusal))
    adopt(checks, elsewhere.list)
    takes(17, () => pause(checks))
    takes(13, () => pass(checks, 'access'))
    const times = [...checks.list.values()].flatMap(({ name, ms }) => (ms === null ? [] : [[name, ms]]))
    expect(times).toEqual([
      ['transport', 2],
      ['xml', 10],
      ['status', 5],
      ['signature', 22],
      ['access', 13],
    ])
    expect(checks.list.get('signature')).toMatchObject({ outcome: 'failed', got: refusal.got })
  })

  it('do not hide a mistake of ours as a refusal', () => {
    const checks = openChecks()
    const break_ = () => {
      throw new TypeError('a mistake')
    }
    expect(() => attempt(checks, 'xml', break_)).toThrow(TypeError)
    expect(checks.list.get('xml')?.outcome).toBe('not_reached')
  })
})
