import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { withinBudget } from '../../../src/login/saml/response-budget.ts'

describe('withinBudget', () => {
  it('keeps what a domain is sent, until it is too much; another domain has room of its own', () => {
    const domainId = newId()
    const large = 'x'.repeat(256 * 1024)
    const kept = Array.from({ length: 20 }, () => withinBudget(domainId, large)).filter(Boolean)
    expect(kept).toHaveLength(16)
    expect(withinBudget(newId(), large)).toBe(large)
  })
})
