// That the document is held to strictly: an answer that is right but for one thing is found out.
import { describe, expect, it } from 'vitest'
import { type Exchange, heldTo, holdScimToDocument, holdToDocument } from './contract.ts'

const id = '01939f6c-0000-7000-8000-000000000000'
const time = '2026-01-01T00:00:00.000Z'
const project = { id: 1, name: 'Site', api_token: 'gtp_x', access: 'open', created_at: time }
const error = { type: 'invalid_request', code: 'not_found', detail: 'Not found.', attr: null }

const exchange: Exchange = {
  method: 'POST',
  path: `/api/organizations/${id}/projects`,
  sent: { name: 'Site' },
  status: 201,
  mediaType: 'application/json',
  text: JSON.stringify(project),
}
const refusal = { ...exchange, status: 404, text: JSON.stringify(error) }
const log = {
  ...exchange,
  method: 'GET',
  path: `/api/organizations/${id}/audit_log?format=ndjson`,
  sent: undefined,
  status: 200,
  mediaType: 'application/x-ndjson',
}
const row = {
  id,
  created_at: time,
  actor: { type: 'user', id, label: 'Ada' },
  action: 'domain.updated',
  target: { type: 'domain', id, label: 'acme.test' },
  changes: { scim_enabled: { before: false, after: true } },
  ip: null,
  request_id: null,
}

describe('holding the API to its document', () => {
  it('counts what is right', () => {
    holdToDocument(exchange)
    holdToDocument(refusal)
    holdToDocument({ ...log, text: `${JSON.stringify(row)}\n${JSON.stringify(row)}\n` })
    holdToDocument({
      ...exchange,
      method: 'DELETE',
      path: `/api/personal_api_keys/${id}/`,
      status: 204,
      text: '',
    })
    expect([...heldTo]).toEqual([
      ['createProject', 2],
      ['listAuditLog', 1],
    ])
  })

  it.each<[string, Partial<Exchange>]>([
    ['a field is missing', { text: JSON.stringify({ ...project, access: undefined }) }],
    ['there is a field more', { text: JSON.stringify({ ...project, secret: 'x' }) }],
    ['a field is of another type', { text: JSON.stringify({ ...project, id: '1' }) }],
    ['a time is no time', { text: JSON.stringify({ ...project, created_at: 'now' }) }],
    ['the status is another', { status: 200 }],
    ['the media type is another', { mediaType: 'text/plain' }],
    ['there is no body', { text: '' }],
    ['a body was accepted that clients may not send', { sent: { name: '' } }],
    ['nothing was accepted where something has to be sent', { sent: undefined }],
    ['the error has a code of its own', { ...refusal, text: JSON.stringify({ ...error, code: 'gone' }) }],
    ['the error lacks a key', { ...refusal, text: JSON.stringify({ ...error, attr: undefined }) }],
    ['a line is wrong', { ...log, text: `${JSON.stringify(row)}\n{}\n` }],
    ['nothing is there, and yet it is answered', { path: '/api/nothing' }],
  ])('finds out that %s', (_, change) => {
    expect(() => holdToDocument({ ...exchange, ...change })).toThrow(/→ \d/)
  })

  it('holds SCIM to it as well', () => {
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User']
    const user = { schemas, id, userName: 'ada', emails: [{ value: 'ada@acme.test', primary: true }] }
    const answer = { ...exchange, path: `/scim/v2/${id}/Users`, mediaType: 'application/scim+json' }
    const holdUser = (changes: object) =>
      holdScimToDocument({ ...answer, text: JSON.stringify({ ...user, ...changes }) })
    holdUser({ 'urn:example:own': { badge: 1 } })
    expect(heldTo.get('scimCreateTheUser')).toBe(1)
    for (const changes of [{ schemas: undefined }, { emails: 'ada@acme.test' }, { active: 'True' }])
      expect(() => holdUser(changes)).toThrow('scimCreateTheUser')
    const refusal = { ...answer, status: 409, text: JSON.stringify({ status: 409, detail: 'x' }) }
    expect(() => holdScimToDocument(refusal)).toThrow('409')
  })
})
