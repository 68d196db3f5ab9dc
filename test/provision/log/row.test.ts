import { describe, expect, it } from 'vitest'
import { newStory } from '../../../src/provision/log/outcome.ts'
import { type Exchange, toLogRow } from '../../../src/provision/log/row.ts'
import { noSecrets } from '../../../src/scim/mask/personal.ts'

const token = 'gts_abcdefgh12345678'

const rowOf = (differences: Partial<Exchange>, isMasking = true) =>
  toLogRow(
    {
      domainId: '01900000-0000-7000-8000-000000000001',
      at: new Date('2026-01-01T00:00:00.000Z'),
      durationMs: 1,
      requestId: 'request-1',
      ip: null,
      method: 'GET',
      path: '/Users',
      search: '',
      headers: new Headers(),
      body: undefined,
      secrets: noSecrets,
      status: 200,
      answer: null,
      token: undefined,
      quirks: new Set(),
      story: newStory(),
      refusal: undefined,
      ...differences,
    },
    isMasking,
  )

describe('a row of the SCIM log', () => {
  it('has its headers in order, whatever they are called, without cookies and credentials', () => {
    const headers = new Headers([
      ['X-Contact', 'ada@acme.test'],
      ['Cookie', 'session=1'],
      ['__proto__', 'odd'],
      ['Authorization', `Bearer ${token}`],
      ['constructor', 'odd too'],
    ])
    expect(rowOf({ headers }).request_headers).toBe(
      '{"__proto__":"odd","authorization":"***","constructor":"odd too","x-contact":"a***a@acme.test"}',
    )
  })

  it('holds no token of ours in any text of a stranger, masked or not', () => {
    const told = { ...newStory(), subject: token, resourceId: token, filter: `id eq "${token}"` }
    const strange: Partial<Exchange> = {
      requestId: token,
      method: token,
      path: `/${token}`,
      search: `?x=${token}`,
      headers: new Headers([['X-Odd', token]]),
      body: { json: { title: token, [token]: token } },
      answer: JSON.stringify({ title: [token] }),
      story: told,
    }
    for (const isMasking of [true, false])
      expect(JSON.stringify(rowOf(strange, isMasking))).not.toContain(token)
  })

  it('can be stored, whatever came', () => {
    const row = rowOf({
      body: { json: 'a\0b\ud800' },
      path: '/a\0b',
      story: { ...newStory(), deed: '\udc00' },
    })
    expect(row).toMatchObject({ request_path: '/a\ufffdb', outcome: '\ufffd.' })
    expect(row.request_body?.isWellFormed()).toBe(true)
  })

  it('holds nothing where nothing came', () => {
    expect(rowOf({})).toMatchObject({
      request_path: '/Users',
      request_headers: '{}',
      request_body: null,
      response_body: null,
      accommodations: '[]',
    })
  })
})
