import { describe, expect, it } from 'vitest'
import { applicationOf, readNext } from '../../src/login/next.ts'

const places = {
  baseUrl: 'https://gatehouse.test',
  applicationUrls: ['https://app.test/start', 'http://localhost:4000/'],
}

describe('readNext', () => {
  it.each([
    [undefined, '/'],
    ['', '/'],
    ['/', '/'],
    ['/reports?year=2026#top', '/reports?year=2026#top'],
    ['/a/../b', '/b'],
    ['/%2F%2Fevil.test', '/%2F%2Fevil.test'],
    ['/a?next=//evil.test', '/a?next=//evil.test'],
    ['/a"b', '/a%22b'],
    ['https://app.test/start', 'https://app.test/start'],
    ['https://APP.test:443/start?state=1', 'https://app.test/start?state=1'],
    ['http://localhost:4000/?a=b', 'http://localhost:4000/?a=b'],
  ])('%j goes to %s', (text, next) => {
    expect(readNext(text, places)).toBe(next)
  })

  it.each([
    '//evil.test',
    '///evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    '/a\\..\\..\\evil',
    '/\t/evil.test',
    '\t//evil.test',
    ' //evil.test',
    '/\r\nSet-Cookie: a=b',
    '/.//evil.test',
    '/..//evil.test',
    '/a/..//evil.test',
    '/%2e//evil.test',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'https:evil.test',
    'https://evil.test',
    'https://gatehouse.test.evil.test/',
    'https://gatehouse.test@evil.test/',
    'https://app.test@evil.test/start',
    'https://user@app.test/start',
    'https://app.test/start/more',
    'https://app.test/',
    'http://app.test/start',
    'https://app.test:8443/start',
    'https://app.test/start\\..\\evil',
    'reports',
    '?a=b',
    '#a',
    '/ä',
    '/\u202e',
    `/${'a'.repeat(2048)}`,
  ])('%j goes nowhere', text => {
    expect(() => readNext(text, places)).toThrow('Expected next to be')
  })
})

describe('applicationOf', () => {
  it('is the registered URL, whatever the query', () => {
    expect(applicationOf('https://app.test/start?a=b', places)).toBe('https://app.test/start')
    expect(applicationOf('/start', places)).toBeUndefined()
    expect(applicationOf('https://app.test/other', places)).toBeUndefined()
  })
})
