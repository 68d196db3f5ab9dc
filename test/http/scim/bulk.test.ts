// Bulks over HTTP (RFC 7644 §3.7): order, references, errors, limits, and what is kept of them.
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../database.ts'
import { type Answer, openSurface, patchOf, person, type Surface } from './surface.ts'

const requestSchema = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest'
const responseSchema = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse'
const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error'
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

const bulkOf = (...Operations: object[]) => ({ schemas: [requestSchema], Operations })
const post = (bulkId: string, data: object, path = '/Users') => ({ method: 'POST', path, bulkId, data })
const managedBy = (value: string) => ({ [enterprise]: { manager: { value } } })

let names = 0
const fresh = () => `bulk${names++}`

describe('bulk', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let ask: Surface['ask']
    let base: string

    beforeAll(async () => {
      surface = await openSurface(await open())
      ask = surface.ask
      base = `${surface.ctx.config.baseUrl}/scim/v2/${surface.tenant.domain.id}`
    })

    const bulk = (...operations: object[]) => ask('POST', '/Bulk', { body: bulkOf(...operations) })
    const statusesOf = ({ status, body }: Answer) => {
      expect(status).toBe(200)
      return body.Operations.map((each: { status: string }) => each.status)
    }
    const idOf = ({ body }: Answer, at: number): string => body.Operations[at].location.split('/').at(-1)
    const read = async (id: string) => (await ask('GET', `/Users/${id}`)).body
    const make = async () => (await ask('POST', '/Users', { body: person(fresh()) })).body

    describe('operations (§3.7.3)', () => {
      it('R81 creates, replaces, changes and deletes, and answers each in the order it came', async () => {
        const [put, patched, gone] = [await make(), await make(), await make()]
        const name = fresh()
        const answer = await bulk(
          post('qwerty', person(name)),
          { method: 'PUT', path: `/Users/${put.id}`, data: { ...put, displayName: 'Put' } },
          {
            method: 'PATCH',
            path: `/Users/${patched.id}`,
            data: patchOf({ op: 'replace', path: 'displayName', value: 'Patched' }),
          },
          { method: 'DELETE', path: `/Users/${gone.id}` },
        )
        expect(answer.status).toBe(200)
        expect(answer.headers.get('content-type')).toBe('application/scim+json')
        const made = idOf(answer, 0)
        expect(answer.body).toEqual({
          schemas: [responseSchema],
          Operations: [
            {
              location: `${base}/Users/${made}`,
              method: 'POST',
              bulkId: 'qwerty',
              version: 'W/"1"',
              status: '201',
            },
            { location: put.meta.location, method: 'PUT', version: 'W/"2"', status: '200' },
            { location: patched.meta.location, method: 'PATCH', version: 'W/"2"', status: '200' },
            { location: gone.meta.location, method: 'DELETE', status: '204' },
          ],
        })
        expect(await read(made)).toMatchObject({ userName: `${name}@acme.test` })
        expect(await read(put.id)).toMatchObject({ displayName: 'Put' })
        expect(await read(patched.id)).toMatchObject({ displayName: 'Patched' })
        expect((await ask('GET', `/Users/${gone.id}`)).status).toBe(404)
      })

      it('R81 refuses each operation as the single call would be refused, and goes on', async () => {
        const known = await make()
        const operations = [
          { method: 'POST', path: '/Users', bulkId: 'taken', data: { userName: known.userName } },
          { method: 'POST', path: '/Users', bulkId: 'nameless', data: {} },
          { method: 'PUT', path: '/Users/00919288221112222', data: person(fresh()) },
          { method: 'PATCH', path: `/Users/${known.id}`, data: patchOf({ op: 'remove' }) },
          { method: 'DELETE', path: '/Users/00919288221112222' },
        ]
        const answer = await bulk(...operations, post('last', person(fresh())))
        expect(statusesOf(answer)).toEqual(['409', '400', '404', '400', '404', '201'])
        for (const [at, { method, path, data }] of operations.entries()) {
          const single = await ask(method, path, data ? { body: data } : {})
          expect(answer.body.Operations[at].response).toEqual(single.body)
        }
        expect(answer.body.Operations[0]).not.toHaveProperty('location')
        expect(answer.body.Operations[2].location).toBe(`${base}/Users/00919288221112222`)
      })

      it('R81 R82 takes version as If-Match', async () => {
        const { id } = await make()
        const change = (version: string, value: string) => ({
          method: 'PATCH',
          path: `/Users/${id}`,
          version,
          data: patchOf({ op: 'replace', path: 'title', value }),
        })
        expect(
          statusesOf(await bulk(change('W/"1"', 'a'), change('W/"1"', 'b'), change('W/"2"', 'c'))),
        ).toEqual(['200', '412', '200'])
        expect((await read(id)).title).toBe('c')
      })

      it.each([
        ['no object', 5, '400'],
        ['an unknown method', { method: 'GET', path: '/Users' }, '400'],
        ['no method', { path: '/Users' }, '400'],
        ['no path', { method: 'POST', bulkId: 'x', data: {} }, '400'],
        ['a POST without bulkId', { method: 'POST', path: '/Users', data: person('nobody') }, '400'],
        ['an empty bulkId', { method: 'POST', path: '/Users', bulkId: '', data: person('nobody') }, '400'],
        ['a bulkId that is a number', { method: 'DELETE', path: '/Users/1', bulkId: 7 }, '400'],
        ['a version that is a number', { method: 'DELETE', path: '/Users/1', version: 7 }, '400'],
        ['no data', { method: 'POST', path: '/Users', bulkId: 'x' }, '400'],
        ['an unknown endpoint', { method: 'POST', path: '/Cars', bulkId: 'x', data: {} }, '404'],
        ['a bulk within', { method: 'POST', path: '/Bulk', bulkId: 'x', data: {} }, '404'],
        ['too long a path', { method: 'DELETE', path: '/Users/1/emails' }, '404'],
        ['PUT of all users', { method: 'PUT', path: '/Users', data: {} }, '405'],
        ['POST to one user', { method: 'POST', path: '/Users/1', bulkId: 'x', data: {} }, '405'],
      ])('R81 refuses %s in its own place', async (_name, operation, status) => {
        const answer = await bulk(operation as object, post('fine', person(fresh())))
        expect(statusesOf(answer)).toEqual([status, '201'])
        expect(answer.body.Operations[0].response).toMatchObject({
          schemas: [errorSchema],
          status,
          detail: expect.any(String),
        })
      })

      it('R17 R81 takes names of members and methods in any case, and paths without a slash', async () => {
        const body = {
          SCHEMAS: [requestSchema],
          operations: [{ Method: 'post', PATH: 'users', bulkid: 'q', Data: person(fresh()) }],
        }
        expect(statusesOf(await ask('POST', '/Bulk', { body }))).toEqual(['201'])
      })

      it('R9 R81 finds no resource of another tenant', async () => {
        const other = await surface.addTenant(`${fresh()}.test`)
        const { id } = await make()
        const answer = await surface.as(other).ask('POST', '/Bulk', {
          body: bulkOf({ method: 'DELETE', path: `/Users/${id}` }),
        })
        expect(statusesOf(answer)).toEqual(['404'])
        expect((await ask('GET', `/Users/${id}`)).status).toBe(200)
      })
    })

    describe('references (§3.7.2)', () => {
      it('R81 resolves a bulkId wherever it stands, before or after what it means', async () => {
        const answer = await bulk(
          { method: 'PUT', path: '/Users/bulkId:boss', data: { ...person('bulkboss'), title: 'Boss' } },
          post('worker', { ...person(fresh()), ...managedBy('bulkId:boss') }),
          post('boss', person('bulkboss')),
          {
            method: 'PATCH',
            path: '/Users/bulkId:worker',
            data: patchOf({
              op: 'add',
              path: `${enterprise}:manager`,
              value: { value: 'bulkId:boss', $ref: '../Users/bulkId:boss' },
            }),
          },
        )
        expect(statusesOf(answer)).toEqual(['200', '201', '201', '200'])
        const [boss, worker] = [idOf(answer, 2), idOf(answer, 1)]
        expect(await read(boss)).toMatchObject({ title: 'Boss', meta: { version: 'W/"2"' } })
        expect((await read(worker))[enterprise].manager).toMatchObject({
          value: boss,
          $ref: `../Users/${boss}`,
        })
      })

      it('R81 resolves those in the filter of a PATCH path', async () => {
        const { id } = await make()
        const value = [{ value: 'bulkId:a' }, { value: 'kept' }]
        const answer = await bulk(
          { method: 'PATCH', path: `/Users/${id}`, data: patchOf({ op: 'add', path: 'roles', value }) },
          {
            method: 'PATCH',
            path: `/Users/${id}`,
            data: patchOf({ op: 'remove', path: 'roles[value eq "bulkId:a"]' }),
          },
          post('a', person(fresh())),
        )
        expect(statusesOf(answer)).toEqual(['200', '200', '201'])
        expect((await read(id)).roles).toEqual([{ value: 'kept' }])
      })

      it('R81 resolves a circle, all of it or nothing', async () => {
        const pair = (left: object) =>
          bulk(
            post('left', { ...left, ...managedBy('bulkId:right') }),
            post('right', { ...person(fresh()), ...managedBy('bulkId:left') }),
          )
        const done = await pair(person(fresh()))
        expect(statusesOf(done)).toEqual(['201', '201'])
        const [left, right] = [await read(idOf(done, 0)), await read(idOf(done, 1))]
        expect([left[enterprise].manager.value, right[enterprise].manager.value]).toEqual([right.id, left.id])
        const before = (await ask('GET', '/Users?count=0')).body.totalResults
        const refused = await pair({ userName: left.userName })
        expect(statusesOf(refused)).toEqual(['409', '409'])
        expect((await ask('GET', '/Users?count=0')).body.totalResults).toBe(before)
      })

      it('R81 lets a resource refer to itself', async () => {
        const answer = await bulk(post('self', { ...person(fresh()), ...managedBy('bulkId:self') }))
        expect(statusesOf(answer)).toEqual(['201'])
        expect((await read(idOf(answer, 0)))[enterprise].manager.value).toBe(idOf(answer, 0))
      })

      it('R81 refuses what refers to nothing, or to something that was refused', async () => {
        const answer = await bulk(
          post('a', { ...person(fresh()), ...managedBy('bulkId:nobody') }),
          post('b', { ...person(fresh()), ...managedBy('bulkId:c') }),
          post('c', {}),
          { method: 'DELETE', path: '/Users/bulkId:c' },
        )
        expect(statusesOf(answer)).toEqual(['400', '409', '400', '409'])
        expect(answer.body.Operations[0].response).toMatchObject({
          scimType: 'invalidValue',
          detail: expect.stringContaining('bulkId:nobody'),
        })
      })

      it('R14 R81 knows a bulkId in its bulk only', async () => {
        await bulk(post('gone', person(fresh())))
        expect((await ask('GET', '/Users/bulkId:gone')).status).toBe(404)
        expect(statusesOf(await bulk({ method: 'DELETE', path: '/Users/bulkId:gone' }))).toEqual(['400'])
      })

      it('R81 refuses a bulk in which one bulkId stands for two, and does nothing of it', async () => {
        const name = fresh()
        const answer = await bulk(post('same', person(name)), post('same', person(fresh())))
        expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidSyntax'])
        const found = await ask('GET', `/Users?filter=userName eq "${name}@acme.test"`)
        expect(found.body.totalResults).toBe(0)
      })
    })

    describe('groups (§3.7.2)', () => {
      const group = (bulkId: string, members: unknown[]) =>
        post(bulkId, { displayName: fresh(), members }, '/Groups')
      const membersOf = async (id: string) => {
        const { body } = await ask('GET', `/Groups/${id}`)
        return (body.members ?? []).map((member: { value: string }) => member.value).sort()
      }

      it('R81 makes a group before its members in the request, of users and of groups', async () => {
        const answer = await bulk(
          group('all', [{ value: 'bulkId:some' }, { value: 'bulkId:ada', $ref: '../Users/bulkId:ada' }]),
          group('some', ['bulkId:bob']),
          post('ada', person(fresh())),
          post('bob', person(fresh())),
        )
        expect(statusesOf(answer)).toEqual(['201', '201', '201', '201'])
        const [all, some, ada, bob] = [0, 1, 2, 3].map(at => idOf(answer, at)) as [
          string,
          string,
          string,
          string,
        ]
        expect(await membersOf(all)).toEqual([some, ada].sort())
        expect(await membersOf(some)).toEqual([bob])
        expect((await ask('GET', `/Groups/${all}`)).body.meta.version).toBe('W/"1"')
      })

      it('R78 R81 changes members by bulkId in values and in paths', async () => {
        const answer = await bulk(
          {
            method: 'PATCH',
            path: '/Groups/bulkId:team',
            data: patchOf(
              { op: 'Add', path: 'members', value: [{ $ref: null, value: 'bulkId:new' }] },
              { op: 'remove', path: 'members[value eq "bulkId:old"]' },
            ),
          },
          group('team', [{ value: 'bulkId:old' }]),
          post('old', person(fresh())),
          post('new', person(fresh())),
        )
        expect(statusesOf(answer)).toEqual(['204', '201', '201', '201'])
        expect(answer.body.Operations[0]).toMatchObject({ version: 'W/"2"', method: 'PATCH' })
        expect(await membersOf(idOf(answer, 1))).toEqual([idOf(answer, 3)])
      })

      it('R28 R81 refuses two groups that are members of each other with 409, and a group in itself', async () => {
        const before = (await ask('GET', '/Groups?count=0')).body.totalResults
        const answer = await bulk(
          group('a', [{ value: 'bulkId:b' }]),
          group('b', [{ value: 'bulkId:a' }]),
          group('self', [{ value: 'bulkId:self' }]),
          group('c', [{ value: 'bulkId:a' }]),
        )
        expect(statusesOf(answer)).toEqual(['409', '409', '409', '409'])
        expect(answer.body.Operations[0].response.detail).toContain('circle (1, 2)')
        expect((await ask('GET', '/Groups?count=0')).body.totalResults).toBe(before)
      })
    })

    describe('errors (§3.7.3)', () => {
      it('R81 failOnErrors leaves the rest undone after so many errors', async () => {
        const bad = { method: 'DELETE', path: '/Users/1' }
        const [first, last] = [fresh(), fresh()]
        const answer = await ask('POST', '/Bulk', {
          body: { ...bulkOf(bad, post('a', person(first)), bad, post('b', person(last))), failOnErrors: 2 },
        })
        expect(statusesOf(answer)).toEqual(['404', '201', '404'])
        expect((await surface.log()).at(-1)?.outcome).toMatch(
          /^Worked off 3 of 4 operations, 2 of them refused/,
        )
      })

      it.each([0, -1, 1.5, '1', true])('R81 refuses failOnErrors %j', async failOnErrors => {
        const answer = await ask('POST', '/Bulk', { body: { ...bulkOf(), failOnErrors } })
        expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue'])
      })

      it.each([
        ['no object', []],
        ['no operations', { schemas: [requestSchema] }],
        ['operations that are no list', { schemas: [requestSchema], Operations: {} }],
      ])('R81 refuses %s as a whole', async (_name, body) => {
        const answer = await ask('POST', '/Bulk', { body })
        expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidSyntax'])
      })

      it('R81 wants the BulkRequest schema of strict clients only', async () => {
        const strict = await surface.addTenant(`${fresh()}.test`, { scimProfile: 'strict' })
        const body = { Operations: [] }
        expect((await ask('POST', '/Bulk', { body })).status).toBe(200)
        expect((await surface.as(strict).ask('POST', '/Bulk', { body })).status).toBe(400)
        expect((await surface.as(strict).ask('POST', '/Bulk', { body: bulkOf() })).status).toBe(200)
      })

      it('R81 answers 413 to too many operations and to too long a body, and names the limit', async () => {
        const { bulk: limits } = (await ask('GET', '/ServiceProviderConfig')).body
        expect(limits).toEqual({ supported: true, maxOperations: 1000, maxPayloadSize: 5_242_880 })
        const many = await bulk(
          ...Array.from({ length: 1001 }, () => ({ method: 'DELETE', path: '/Users/1' })),
        )
        expect([many.status, many.body.detail]).toEqual([413, expect.stringMatching(/1000.*maxOperations/)])
        const long = await bulk(post('x', { ...person('long'), title: 'x'.repeat(limits.maxPayloadSize) }))
        expect([long.status, long.body.detail]).toEqual([
          413,
          expect.stringMatching(/5242880.*maxPayloadSize/),
        ])
        const between = await bulk(post('x', { ...person(fresh()), nickName: 'x'.repeat(2_000_000) }))
        expect(between.status).toBe(200)
      })

      it('R81 works off as many operations as it says', async () => {
        const operations = Array.from({ length: 1000 }, (_, at) => post(`n${at}`, person(fresh())))
        const answer = await bulk(...operations)
        expect(new Set(statusesOf(answer))).toEqual(new Set(['201']))
        expect(answer.body.Operations.map((each: { bulkId: string }) => each.bulkId)).toEqual(
          operations.map(each => each.bulkId),
        )
      }, 60_000)

      it('R81 is not brought down by data nested without end, nor by names of prototypes', async () => {
        const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
        const text = JSON.stringify(bulkOf(post('__proto__', { deep: 0 }), post('b', person(fresh()))))
        const answer = await ask('POST', '/Bulk', { text: text.replace('"deep":0', `"deep":${deep}`) })
        expect(statusesOf(answer)).toEqual(['400', '201'])
        const named = await bulk(post('constructor', person(fresh())), {
          method: 'DELETE',
          path: '/Users/bulkId:constructor',
        })
        expect(statusesOf(named)).toEqual(['201', '204'])
      })

      it('R1 R10 keeps to the media types and methods of every endpoint', async () => {
        const headers = { 'Content-Type': 'text/plain' }
        expect((await ask('POST', '/Bulk', { body: bulkOf(), headers })).status).toBe(415)
        const wrong = await ask('GET', '/Bulk')
        expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST'])
      })
    })

    it('tells each operation in the log, masked', async () => {
      const name = fresh()
      const named = `${name}@acme.test`
      await bulk(post('a', { ...person(name), password: 'Correct-Horse' }), post('b', { userName: named }), {
        method: 'PATCH',
        path: '/Users/bulkId:a',
        data: patchOf(
          { op: 'replace', path: 'name.familyName', value: 'Xanthippe' },
          { op: 'replace', path: 'password', value: 'Correct-Horse' },
          { op: 'add', value: { displayName: 'Xanthippe', password: 'Correct-Horse' } },
        ),
      })
      const row = (await surface.log()).at(-1)
      expect(row).toMatchObject({ response_status: 200, request_method: 'POST' })
      expect(row?.outcome).toMatch(
        /^Worked off 3 of 3 operations, 1 of them refused\. 1: Created the user b\*\*\*\d@acme\.test: .* 2: Refused to create the user b\*\*\*\d@acme\.test: userName must be unique/,
      )
      for (const text of [row?.outcome, row?.request_body, row?.response_body]) {
        expect(text).not.toMatch(/Xanthippe|Correct-Horse/)
        expect(text).not.toContain(named)
      }
    })
  })
})
