// Bad input of every sort at every route: the protocol's own refusal, never a 500, and nothing half written.
import fc from 'fast-check'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { routesOf } from '../../../src/http/scim/routes.ts'
import { standardKinds } from '../../../src/provision/kinds.ts'
import { eachDatabase } from '../../database.ts'
import { type Answer, openSurface, patchOf, person, type Surface, userSchema } from './surface.ts'

const runs = 500

describe('hostile requests', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    let ask: Surface['ask']
    let target: { id: string; meta: object }

    beforeAll(async () => {
      surface = await openSurface(await open(), { scimRateLimit: 0 })
      ask = surface.ask
      target = (await ask('POST', '/Users', { body: person('target', { name: { givenName: 'Tar' } }) })).body
    })

    afterEach(async () => {
      const log = await surface.log()
      expect(log.filter(row => row.response_status >= 500 && row.response_status !== 501)).toEqual([])
    })

    const expectRefused = ({ status, body }: Answer) => {
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
      expect(body).toMatchObject({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        status: String(status),
      })
    }
    const expectUntouched = async () => expect((await ask('GET', `/Users/${target.id}`)).body).toEqual(target)

    it('R5 refuses garbage in place of JSON, and JSON that is no object', async () => {
      for (const text of [
        '',
        '{',
        '}',
        '[]',
        'null',
        '1',
        '"x"',
        '{"a":1}{"b":2}',
        '\u0000',
        '{"userName":"a"',
        "{'userName':'a'}",
        '<xml/>',
      ]) {
        for (const [method, path] of [
          ['POST', '/Users'],
          ['PUT', `/Users/${target.id}`],
          ['PATCH', `/Users/${target.id}`],
        ] as const) {
          expectRefused(await ask(method, path, { text }))
        }
      }
      await expectUntouched()
    })

    it('R5 survives bodies of 100,000 levels', async () => {
      const { id } = (await ask('POST', '/Users', { body: person('deep') })).body
      const array = '['.repeat(100_000) + ']'.repeat(100_000)
      const object = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`
      for (const value of [array, object]) {
        for (const text of [
          value,
          `{"schemas":["${userSchema}"],"userName":"deeper","name":${value},"emails":${value}}`,
          `{"Operations":[{"op":"add","path":"name","value":${value}},{"op":"add","value":${value}}]}`,
        ]) {
          const answers = [
            await ask('POST', '/Users', { text }),
            await ask('PUT', `/Users/${id}`, { text }),
            await ask('PATCH', `/Users/${id}`, { text }),
          ]
          expect(answers.filter(({ status }) => status >= 500)).toEqual([])
        }
      }
    })

    it('R52 R53 refuses filters that are 10,000 levels deep, endless, or full of odd characters', async () => {
      const filters = [
        `${'('.repeat(10_000)}userName pr${')'.repeat(10_000)}`,
        `${'not ('.repeat(5_000)}userName pr${')'.repeat(5_000)}`,
        'userName pr and '.repeat(10_000),
        `userName eq "${'x'.repeat(100_000)}"`,
        '__proto__ eq "x"',
        'constructor.prototype pr',
        'emails[__proto__ eq "x"]',
        'userName eq "\\ud800"',
        'userName eq "unended',
      ]
      for (const filter of filters)
        expectRefused(await ask('GET', `/Users?filter=${encodeURIComponent(filter)}`))
      for (const filter of [
        'userName eq "\\u0000"',
        'userName eq "\u0000"',
        'userName co "%\' or 1=1 --"',
        'title ew "\\"\\\\"',
      ]) {
        const { status } = await ask('GET', `/Users?filter=${encodeURIComponent(filter)}`)
        expect([200, 400]).toContain(status)
      }
    })

    it('R52 takes __proto__ and its kin for unknown attributes', async () => {
      const proto = '{"polluted":true,"isAdmin":true}'
      const text = `{"schemas":["${userSchema}"],"userName":"proto","__proto__":${proto},"constructor":{"prototype":${proto}},"name":{"__proto__":${proto}},"emails":[{"__proto__":${proto},"value":"p@acme.test"}]}`
      const { status, body } = await ask('POST', '/Users', { text })
      expect(status).toBe(201)
      expect(body).not.toHaveProperty('isAdmin')
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
      for (const path of [
        '__proto__',
        '__proto__.polluted',
        'constructor.prototype.polluted',
        'name.__proto__',
        'emails[__proto__ eq 1]',
      ]) {
        const answer = await ask('PATCH', `/Users/${target.id}`, {
          body: patchOf({ op: 'add', path, value: 'x' }),
        })
        expect([path, answer.status < 500]).toEqual([path, true])
      }
      await ask('PATCH', `/Users/${target.id}`, {
        text: `{"Operations":[{"op":"add","value":{"__proto__":${proto}}}]}`,
      })
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
      await expectUntouched()
    })

    it('refuses texts that PostgreSQL cannot hold, and ones too long for its indexes', async () => {
      for (const userName of ['a\u0000b', '\ud800', 'x'.repeat(10_000)]) {
        expectRefused(await ask('POST', '/Users', { body: { schemas: [userSchema], userName } }))
        const body = patchOf({ op: 'replace', path: 'userName', value: userName })
        expectRefused(await ask('PATCH', `/Users/${target.id}`, { body }))
      }
      const long = Array.from({ length: 1900 }, (_, index) =>
        String.fromCharCode(33 + ((index * 7919) % 90)),
      ).join('')
      const statuses = []
      for (const body of [
        { userName: long },
        { userName: 'l1', externalId: long },
        { userName: 'l2', displayName: long },
        { userName: 'l3', emails: [{ value: `${long.replace(/@/g, '')}@acme.test` }] },
      ]) {
        statuses.push((await ask('POST', '/Users', { body: { schemas: [userSchema], ...body } })).status)
      }
      expect(statuses.every(status => status === 201 || status === 400)).toBe(true)
      await expectUntouched()
    })

    it('R25 keeps userName unique when many create it at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => ask('POST', '/Users', { body: person('crowd') })),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)])
      expect((await ask('GET', '/Users?filter=userName eq "crowd@acme.test"')).body.totalResults).toBe(1)
    })

    it('counts what is there after all of this', async () => {
      const { body } = await ask('GET', '/Users?count=200')
      expect(body.totalResults).toBe(body.Resources.length)
      expect((await ask('GET', '/Users?count=0&filter=userName pr')).body.totalResults).toBe(
        body.totalResults,
      )
    })

    it('R5 answers no random request with a 500, and every refusal in SCIM form', {
      timeout: 120_000,
    }, async () => {
      const create = async () => (await ask('POST', '/Users', { body: person('random') })).body.id
      let id = await create()
      await fc.assert(
        fc.asyncProperty(requests(), async ({ route, query, text, headers, hasToken }) => {
          const { method } = route
          const sent = method === 'GET' || method === 'HEAD' ? {} : { text }
          const path = route.path.replace('{id}', id) + query
          const answer = await ask(method, path, { ...sent, headers, ...(hasToken ? {} : { token: null }) })
          expect([answer.status, answer.status < 500 || answer.status === 501]).toEqual([answer.status, true])
          if (method === 'DELETE' && answer.status === 204) id = await create()
          if (answer.status < 400 || method === 'HEAD') return
          expect(answer.body).toMatchObject({ status: String(answer.status), detail: expect.any(String) })
        }),
        { numRuns: runs },
      )
    })
  })
})

/** Random requests that come near to good ones: known paths, attributes and operators among noise. */
function requests() {
  const noise = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.constantFrom('__proto__', 'null', '\u0000', '\ud800'),
  )
  const attribute = fc.constantFrom(
    'userName',
    'emails',
    'emails.value',
    'emails[type eq "work"].value',
    'name',
    'name.givenName',
    'active',
    'meta',
    'id',
    'schemas',
    'externalId',
    `${userSchema}:title`,
    'groups',
    'password',
    'roles',
    'manager',
    '__proto__',
  )
  const scalar = fc.oneof(
    noise,
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom('True', 'a@acme.test'),
  )
  const json = fc.oneof(
    scalar,
    fc.jsonValue({ maxDepth: 4 }),
    fc.array(fc.dictionary(attribute, scalar), { maxLength: 3 }),
  )
  const user = fc.record(
    { schemas: fc.oneof(fc.constant([userSchema]), json), userName: fc.oneof(noise, scalar) },
    { requiredKeys: [] },
  )
  const userBody = fc
    .tuple(user, fc.dictionary(fc.oneof(attribute, noise), json))
    .map(([known, more]) => ({ ...more, ...known }))
  const operation = fc.record(
    {
      op: fc.oneof(fc.constantFrom('add', 'Replace', 'remove'), scalar),
      path: fc.oneof(attribute, noise, json),
      value: json,
    },
    { requiredKeys: [] },
  )
  const patchBody = fc.record(
    { schemas: json, Operations: fc.oneof(fc.array(operation, { maxLength: 5 }), json) },
    { requiredKeys: ['Operations'] },
  )
  const body = fc.oneof(userBody, patchBody, json).map(value => JSON.stringify(value) ?? '')
  const comparison = fc
    .tuple(attribute, fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'le', 'pr', 'xx'), scalar)
    .map(([path, operator, value]) => `${path} ${operator} ${JSON.stringify(value)}`)
  const filter = fc.oneof(
    comparison,
    fc.tuple(comparison, fc.constantFrom('and', 'or', 'not'), comparison).map(parts => parts.join(' ')),
    noise,
  )
  const parameter = fc.oneof(
    fc.tuple(fc.constant('filter'), filter),
    fc.tuple(
      fc.constantFrom('startIndex', 'count', 'attributes', 'excludedAttributes', 'sortBy', 'cursor'),
      fc.oneof(attribute, noise, fc.integer().map(String)),
    ),
  )
  const query = fc
    .array(parameter, { maxLength: 3 })
    .map(
      pairs =>
        `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value).toWellFormed())}`).join('&')}`,
    )
  const part = fc.oneof(
    fc.constantFrom('{id}', 'Users', 'Schemas', '.search', '%', '%00', '..'),
    noise.map(text => encodeURIComponent(text.toWellFormed())),
  )
  const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS')
  const anywhere = fc.record({
    method,
    path: fc.array(part, { maxLength: 3 }).map(parts => `/${parts.join('/')}`),
  })
  const routes = routesOf(standardKinds)
  const users = routes.filter(each => each.path.startsWith('/Users'))
  const route = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...users) },
    { weight: 2, arbitrary: fc.constantFrom(...routes) },
    { weight: 1, arbitrary: anywhere },
  )
  const tag = fc.oneof(
    fc.constantFrom('*', 'W/"1"', '"2"', 'W/', '"'),
    fc.string({ unit: 'grapheme-ascii' }).map(text => text.trim()),
  )
  const headers = fc.record(
    {
      'If-Match': tag,
      'If-None-Match': tag,
      Prefer: tag,
      Accept: tag,
      'Content-Type': fc.constantFrom('application/json', 'application/scim+json', 'text/plain'),
    },
    { requiredKeys: [] },
  )
  return fc.record({
    route,
    query,
    text: fc.oneof({ weight: 5, arbitrary: body }, { weight: 1, arbitrary: noise }),
    headers,
    hasToken: fc.constantFrom(true, true, true, true, false),
  })
}
