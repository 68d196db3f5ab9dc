import { describe, expect, it } from 'vitest'
import { FailureWindow } from '../../../src/provision/log/failure-window.ts'

const start = new Date('2026-01-01T00:00:00.000Z')
const at = (seconds: number) => new Date(start.getTime() + seconds * 1000)

describe('failure window', () => {
  it('admits 60 a minute for each domain, and counts the rest', () => {
    const window = new FailureWindow()
    const admitted = Array.from({ length: 100 }, () => window.admits('a', start)).filter(Boolean)
    expect(admitted).toHaveLength(60)
    expect(window.admits('b', start)).toBe(true)
    expect(window.close(at(59))).toEqual([])
    expect(window.close(at(60))).toEqual([{ domainId: 'a', since: start, count: 40 }])
    expect(window.admits('a', at(61))).toBe(true)
    expect(window.close('all')).toEqual([])
  })

  it('holds no more than 10,000 domains, whatever paths name', () => {
    const window = new FailureWindow()
    const admitted = Array.from({ length: 10_500 }, (_, index) => window.admits(`d${index}`, start))
    expect(admitted.filter(Boolean)).toHaveLength(10_000)
    expect(window.admits('e', start)).toBe(false)
    window.forget(['d1'])
    expect(window.admits('e', start)).toBe(true)
  })
})
