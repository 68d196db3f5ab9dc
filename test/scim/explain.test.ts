// Why pushes fail, in words: every kind of failure is told, and by whom it can be mended.
import { describe, expect, it } from 'vitest'
import { explain, failures } from '../../src/scim/explain.ts'

/** Sentences as the log has them, one for each kind of failure. */
const sentences: readonly (readonly [id: string, status: number, outcome: string])[] = [
  ['token_missing', 401, 'Refused to list users: no token came, there is no Authorization header.'],
  [
    'token_form',
    401,
    'Refused to list users: the Authorization header must be "Bearer" and the token, and it is not.',
  ],
  [
    'token_expired',
    401,
    'Refused to list users: the token that ends in abcd expired at 2026-01-01T00:00:00.000Z.',
  ],
  ['scim_off', 401, 'Refused to list users: SCIM is switched off for this domain.'],
  [
    'token_unknown',
    401,
    'Refused to list users: the token opens nothing here: it was replaced or revoked, is not whole, or is of another domain.',
  ],
  [
    'requests_left_out',
    401,
    'Left out 90 more requests without a valid token since 2026-01-01T00:00:00.000Z.',
  ],
  ['filter_not_allowed', 403, 'Refused to answer: This endpoint takes no filter.'],
  ['endpoint_unknown', 404, 'Refused to answer: There is no SCIM endpoint /Userz.'],
  ['version_unknown', 400, 'Refused to answer: The version must be v2, but v1 came.'],
  ['method_unknown', 405, 'Refused to answer: PUT is not possible here; possible are GET, POST.'],
  [
    'body_type',
    415,
    'Refused to create the user: The body must be application/scim+json or application/json, but "text/xml" came.',
  ],
  [
    'body_no_json',
    400,
    'Refused to create the user: The body must be a JSON object in UTF-8, but 12 bytes that are no JSON came.',
  ],
  ['body_no_json', 400, 'Refused to update the user: A PATCH must be a JSON object, but an array came.'],
  ['too_large', 413, 'Refused to create the user: The body may have at most 1048576 bytes.'],
  [
    'too_fast',
    429,
    'Refused to list users: This token may make 600 requests a minute, 100 of them at once; the next is possible in 3 s.',
  ],
  [
    'schemas_changed',
    503,
    'Refused to create the user: The schemas of this domain have changed while the request was on its way; send it again.',
  ],
  ['our_fault', 500, 'Refused to create the user: Something went wrong on our side. The request id is 1.'],
  [
    'user_name_taken',
    409,
    'Refused to create the user a***a: userName must be unique in the domain, regardless of case, but another user has this one.',
  ],
  [
    'group_name_taken',
    409,
    'Refused to create the group X: displayName must be unique in the domain, regardless of case, but another group has this one.',
  ],
  [
    'last_owner',
    409,
    'Refused to delete the user: This person is the last owner of the organization and cannot be deprovisioned; make somebody else an owner first.',
  ],
  ['bulk_failed', 409, 'Refused to answer: "bulkId:q" was not made: operation 1 was refused.'],
  [
    'value_taken',
    409,
    'Refused to create the user: serial must be unique in the domain, but another resource has this value.',
  ],
  ['user_gone', 404, 'Refused to read the user: There is no user "0190" in this domain.'],
  ['group_gone', 404, 'Refused to update the group: There is no group "0190" in this domain.'],
  [
    'me_unknown',
    404,
    'Refused to read oneself: No user of this domain stands for the person who made this token.',
  ],
  ['resource_gone', 404, 'Refused to read the device: There is no device "0190" in this domain.'],
  [
    'members_unknown',
    400,
    'Refused to update the group: Members must be users or groups of this domain, but "0190" came.',
  ],
  [
    'member_form',
    400,
    'Refused to update the group: members.value must be the id of a user or of a group, but "ada" came.',
  ],
  [
    'group_in_itself',
    400,
    'Refused to update the group: A group cannot be inside itself, but the group 1 is this one or contains it.',
  ],
  [
    'address_foreign',
    400,
    'Refused to create the user: The address of a user must be on a verified domain of the organization, but it is on x.test.',
  ],
  [
    'version_changed',
    412,
    'Refused to update the user: If-Match expects version W/"1", but the resource has W/"2".',
  ],
  [
    'version_missing',
    428,
    'Refused to update the user: A change must say in If-Match (in a bulk, in version) which version it means; the resource has W/"2".',
  ],
  ['user_name_missing', 400, 'Refused to create the user: userName is required, but no value came.'],
  ['group_name_missing', 400, 'Refused to create the group: displayName is required, but no value came.'],
  ['email_value_missing', 400, 'Refused to create the user: emails.value is required, but no value came.'],
  ['value_missing', 400, 'Refused to create the device: serial is required, but no value came.'],
  ['boolean_wrong', 400, 'Refused to create the user: active must be true or false, but "maybe" came.'],
  [
    'text_broken',
    400,
    'Refused to create the user: title must be text, but it contains the character U+0000.',
  ],
  [
    'text_long',
    400,
    'Refused to create the user: title may have 1024 bytes in UTF-8, but a text of 2000 came.',
  ],
  [
    'too_many_values',
    400,
    'Refused to create the user: emails may have 100 elements in one request, but 200 came.',
  ],
  [
    'read_only',
    400,
    'Refused to update the user: Operation 1: id is set by the server and cannot be changed.',
  ],
  [
    'cannot_be_removed',
    400,
    'Refused to update the user: Operation 1: userName is required and cannot be removed.',
  ],
  [
    'member_changed',
    400,
    'Refused to update the group: Operation 1: members.value cannot be changed: a member is added and removed as a whole.',
  ],
  ['immutable', 400, 'Refused to update the device: serial cannot be changed once it has a value.'],
  [
    'immutable',
    400,
    'Refused to replace the device: serial cannot change once it is set, but another value came.',
  ],
  [
    'no_target',
    400,
    'Refused to update the user: Operation 1: No value of emails is chosen by the path emails[type eq "x"].',
  ],
  ['path_unknown', 400, 'Refused to update the user: Operation 1: User has no attribute "favourite".'],
  [
    'schema_unknown',
    400,
    'Refused to create the user: schemas names "urn:x", which a User does not have here.',
  ],
  [
    'operations_wrong',
    400,
    'Refused to update the user: Operations must hold at least one operation, but it is empty.',
  ],
  ['filter_wrong', 400, 'Refused to list users: Expected an operator at character 10, got "is".'],
  ['page_far', 400, 'Refused to list users: count must be a whole number, but "many" came.'],
  [
    'page_far',
    400,
    'Refused to list users: A list of all types can be entered no further than at startIndex 1000, unless page by page; use a cursor or a filter.',
  ],
  ['bulk_wrong', 400, 'Refused to answer: method must be POST, PUT, PATCH or DELETE, but "GET" came.'],
  ['bulk_wrong', 400, 'Refused to answer: No operation of this bulk makes "bulkId:x".'],
  [
    'projection_wrong',
    400,
    'Refused to list users: attributes or excludedAttributes may be given, but both came.',
  ],
  [
    'query_broken',
    400,
    'Refused to list users: The query must be UTF-8, percent-encoded, but bytes came that are none.',
  ],
  [
    'me_not_created',
    501,
    'Refused to answer: Nobody can create their own user here; GET, PUT, PATCH and DELETE work on /Me.',
  ],
  ['primary_twice', 400, 'Refused to create the user: emails may have one primary value, but 2 came.'],
  ['given_twice', 400, 'Refused to create the user: title is given twice, in different cases.'],
  [
    'operations_wrong',
    400,
    'Refused to update the user: Operation 1: path must be a string, but a number came.',
  ],
  [
    'operations_wrong',
    400,
    'Refused to update the user: An operation must be a JSON object, but a number came.',
  ],
  [
    'path_unknown',
    400,
    'Refused to update the user: Without a path, each key of the value must be the name of an attribute; "emials" is not.',
  ],
  ['path_unknown', 400, 'Refused to create the user: The resource has no attribute "emials".'],
  ['value_wrong', 400, 'Refused to create the user: name must be an object, but an array came.'],
]

describe('explain', () => {
  it.each(sentences)('%s', (id, status, outcome) => {
    expect(explain({ status, outcome, provider: 'okta' })?.id).toBe(id)
  })

  it('has a sentence here for every kind of failure, and more than 25 kinds', () => {
    const told = new Set(sentences.map(([id]) => id))
    expect(failures.map(({ id }) => id).filter(id => !told.has(id))).toEqual([])
    expect(new Set(failures.map(({ id }) => id)).size).toBe(failures.length)
    expect(failures.length).toBeGreaterThan(25)
  })

  it('names the field at the identity provider that sent it', () => {
    const at = (provider: 'okta' | 'entra_id') =>
      explain({ status: 401, outcome: 'the token opens nothing here', provider })?.where
    expect(at('okta')).toEqual({ provider: 'Okta', field: expect.stringContaining('"API Token"') })
    expect(at('entra_id')).toEqual({ provider: 'Entra ID', field: expect.stringContaining('"Secret Token"') })
  })

  it('says what the identity provider calls it, and what it does then', () => {
    const noteOf = (provider: 'okta' | 'entra_id', outcome: string) =>
      explain({ status: 401, outcome, provider })?.note
    for (const outcome of ['SCIM is switched off', 'the token opens nothing here', 'expired at']) {
      expect(noteOf('okta', outcome)).toContain('Error authenticating')
      expect(noteOf('entra_id', outcome)).toContain('quarantine')
    }
  })

  it('tells the token of another domain and a verification that is lost', () => {
    const told = (status: number, outcome: string) =>
      explain({ status, outcome, provider: 'other' })?.fix.join(' ')
    expect(told(401, 'the token opens nothing here')).toContain('one and the same domain')
    expect(told(400, 'must be on a verified domain of the organization')).toContain('lost')
  })

  it('has nothing to explain where nothing failed, and says so of what it does not know', () => {
    expect(explain({ status: 201, outcome: 'Created the user x.', provider: 'okta' })).toBeUndefined()
    expect(explain({ status: 418, outcome: 'Refused to brew.', provider: 'okta' })?.id).toBe('unknown')
  })
})
