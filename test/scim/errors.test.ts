import { describe, expect, it } from 'vitest'
import * as errors from '../../src/scim/errors.ts'

const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error']

describe('RFC 7644 §3.12', () => {
  it('R5 has a status that is text, a detail, and a scimType from Table 9 where there is one', () => {
    expect(errors.invalidValue('A name was expected, null came.').toBody()).toEqual({
      schemas,
      status: '400',
      scimType: 'invalidValue',
      detail: 'A name was expected, null came.',
    })
    expect(errors.notFound('There is no user 7.').toBody()).toEqual({
      schemas,
      status: '404',
      detail: 'There is no user 7.',
    })
  })

  it('R6 names a scimType only with 400, and with 409 for uniqueness', () => {
    const { invalidFilter, invalidPath, invalidSyntax, invalidValue, mutability, noTarget } = errors
    for (const make of [invalidFilter, invalidPath, invalidSyntax, invalidValue, mutability, noTarget])
      expect(make('x').status).toBe(400)
    expect(errors.uniqueness('x')).toMatchObject({ status: 409, scimType: 'uniqueness' })
    for (const make of [errors.conflict, errors.forbidden, errors.notFound, errors.preconditionFailed])
      expect(make('x').scimType).toBeUndefined()
    for (const make of [errors.tooLarge, errors.unauthorized, errors.unsupportedMediaType])
      expect(make('x').scimType).toBeUndefined()
  })

  it('R3 R10 R12 sends the headers that go with a status', () => {
    expect(errors.unauthorized('x').headers).toEqual({ 'WWW-Authenticate': 'Bearer realm="scim"' })
    expect(errors.methodNotAllowed('PUT', ['GET', 'POST'])).toMatchObject({
      status: 405,
      headers: { Allow: 'GET, POST' },
      message: 'PUT is not possible here; possible are GET, POST.',
    })
    expect(errors.tooManyRequests('x', 7)).toMatchObject({ status: 429, headers: { 'Retry-After': '7' } })
  })
})
