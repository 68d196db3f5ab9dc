import { describe, expect, it } from 'vitest'
import { SamlRefusal } from '../../../src/saml/refusal.ts'
import { decodeResponse, mostFormBytes, readForm } from '../../../src/saml/response/transport.ts'

const type = 'application/x-www-form-urlencoded'
const form = (text: string, contentType: string | undefined = type) =>
  readForm(Buffer.from(text), contentType)

function codeOf(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (error instanceof SamlRefusal) return error.code
    throw error
  }
}

describe('transport: the form', () => {
  it('gives the response and the relay state', () => {
    expect(form('SAMLResponse=PHg%2BAA%3D%3D&RelayState=token')).toEqual({
      response: 'PHg+AA==',
      relayState: 'token',
    })
    expect(form('SAMLResponse=AAAA', `${type}; charset=UTF-8`)).toEqual({
      response: 'AAAA',
      relayState: null,
    })
    expect(form('SAMLResponse=AAAA&RelayState=&other=1').relayState).toBe('')
  })

  it.each([
    ['no response', 'RelayState=x'],
    ['a response by another name', 'samlresponse=AAAA'],
    ['two responses', 'SAMLResponse=AAAA&SAMLResponse=AAAA'],
    ['two responses, one escaped', 'SAMLResponse=AAAA&SAML%52esponse=AAAA'],
    ['two relay states', 'SAMLResponse=AAAA&RelayState=a&RelayState=b'],
    ['a long relay state', `SAMLResponse=AAAA&RelayState=${'x'.repeat(1025)}`],
    ['a relay state that is long in bytes', `SAMLResponse=AAAA&RelayState=${'%C3%A4'.repeat(513)}`],
    ['many fields', `SAMLResponse=AAAA${'&a'.repeat(16)}`],
    ['nothing', ''],
    ['nothing but ampersands', '&'.repeat(mostFormBytes)],
  ])('refuses %s', (_what, text) => {
    expect(codeOf(() => form(text))).toBe('saml_malformed')
  })

  it.each(['multipart/form-data; boundary=x', 'application/json', 'text/plain', ''])(
    'refuses the type "%s"',
    contentType => {
      expect(codeOf(() => form('SAMLResponse=AAAA', contentType))).toBe('saml_malformed')
    },
  )

  it('refuses a form without a type, and one of more than 512 KiB', () => {
    expect(codeOf(() => readForm(Buffer.from('SAMLResponse=AAAA'), undefined))).toBe('saml_malformed')
    expect(codeOf(() => form(`SAMLResponse=${'A'.repeat(mostFormBytes)}`))).toBe('saml_too_large')
  })
})

describe('transport: base64 (RFC 4648 section 4)', () => {
  const text = '<a>ä</a>'
  const base64 = Buffer.from(text).toString('base64')

  it('is read after white space is removed', () => {
    expect(decodeResponse(base64)).toBe(text)
    expect(decodeResponse(` ${base64.slice(0, 3)}\r\n\t${base64.slice(3)}\n`)).toBe(text)
  })

  it.each([
    ['nothing', ''],
    ['only white space', ' \n'],
    ['a character of base64url', 'PDw_'],
    ['another character', 'PD!4'],
    ['a no-break space', 'PDw\u00a0+'],
    ['too little padding', 'PA='],
    ['no padding', 'PA'],
    ['too much padding', 'PDw+===='],
    ['padding in the middle', 'PA==PDw+'],
    ['bits behind the end', 'PB=='],
    ['a length that none has', 'PDw+P'],
    ['a plus that a form made a space', 'PDw '],
    ['escaped text', 'PDw%2B'],
    ['NUL', 'PDw+\u0000'],
  ])('is refused: %s', (_what, given) => {
    expect(codeOf(() => decodeResponse(given))).toBe('saml_malformed')
  })

  it('is refused over 256 KiB', () => {
    const of = (length: number) => Buffer.alloc(length, 'x').toString('base64')
    expect(decodeResponse(of(256 * 1024))).toHaveLength(256 * 1024)
    expect(codeOf(() => decodeResponse(of(256 * 1024 + 1)))).toBe('saml_too_large')
  })
})
