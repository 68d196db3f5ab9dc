// Who may call what: every route of the tables is walked by everybody there can be, against what its own row says.
import { beforeAll, describe, expect, it } from 'vitest'
import { levels } from '../../../src/domain/level.ts'
import { grantableScopes, includesScope, type Scope } from '../../../src/domain/scope.ts'
import { apiRoutes } from '../../../src/http/api/app.ts'
import { isDelicate } from '../../../src/http/api/mount/route.ts'
import { eachDatabase } from '../../database.ts'
import { type Answer, type Client, errorOf, type Installation, install } from './client.ts'
import { type Furnished, furnish } from './furnished.ts'

const refused = (status: number, type: string, code: string) => ({ status, type, code, attr: null })
const missing = refused(404, 'invalid_request', 'not_found')
const unauthenticated = (code: string) => refused(401, 'authentication_error', code)
const denied = (code = 'permission_denied') => refused(403, 'authentication_error', code)

/** Everything that there is, save what opens this. */
const scopesWithout = (scope: Scope) =>
  grantableScopes.filter(each => each !== '*' && !includesScope([each], scope))

/** Whatever came of it, the caller was let in, and what the path names was found. */
function expectLetIn(answer: Answer, who: string) {
  expect([401, 403, 404, 405, 429, 500, 503], `${who}: ${JSON.stringify(answer.body)}`).not.toContain(
    answer.status,
  )
}

describe('who may call what', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    let nobody: Client
    beforeAll(async () => {
      installation = await install(await open(), { publicRateLimit: 0, apiRateLimit: 0 })
      nobody = installation.clientWith()
    })

    const countChanges = async () =>
      (await installation.ctx.db.selectFrom('audit').select('id').execute()).length

    describe.each(apiRoutes.organization)(
      '%s /organizations/{id}%s (%s, %s)',
      (method, path, scope, level) => {
        const isRead = method === 'GET'
        const ask = (client: Client, { organizationId, pathTo }: Furnished) =>
          client(method, `/api/organizations/${organizationId}${pathTo(path)}`, isRead ? {} : { body: {} })

        it('refuses everybody who may not, and nothing comes of it', async () => {
          const place = await furnish(installation)
          const other = await furnish(installation)
          const below = Object.values(levels).filter(each => each < levels[level])
          const clients: [string, Client, object][] = [
            ['nobody', nobody, unauthenticated('not_authenticated')],
            [
              'a key that is none',
              installation.clientWith('gth_nonsense'),
              unauthenticated('authentication_failed'),
            ],
            ['a stranger', await place.keyOf(0, ['*']), missing],
            ['a stranger without the scope', await place.keyOf(0, scopesWithout(scope)), missing],
            ['an owner elsewhere', await other.keyOf(levels.owner, ['*']), missing],
            [
              'an owner by a key for elsewhere',
              await place.keyOf(levels.owner, ['*'], [other.organizationId]),
              missing,
            ],
            ['an owner without the scope', await place.keyOf(levels.owner, scopesWithout(scope)), denied()],
          ]
          for (const each of below) {
            clients.push([`level ${each}`, await place.keyOf(each, ['*']), denied()])
            const browser = await place.browserOf(each, { hoursAgo: 0, withToken: true })
            clients.push([`level ${each} in a browser`, browser, denied()])
          }
          if (!isRead) {
            const forged = await place.browserOf(levels.owner, { hoursAgo: 0, withToken: false })
            clients.push(["an owner's browser sent by another site", forged, denied('csrf_failed')])
          }
          if (isDelicate(method, path)) {
            const old = await place.browserOf(levels.owner, { hoursAgo: 13, withToken: true })
            clients.push(['an owner who signed in long ago', old, denied('reauthentication_required')])
          }
          const before = await countChanges()
          for (const [who, client, refusal] of clients) {
            const answer = await ask(client, place)
            expect([who, errorOf(answer)]).toEqual([who, refusal])
            if (who === 'an owner without the scope') expect(answer.body.detail).toContain(scope)
          }
          expect(await countChanges()).toBe(before)
        })

        it('lets in whoever has the level and the scope, by a key and by a browser', async () => {
          for (const each of Object.values(levels).filter(other => other >= levels[level])) {
            const place = await furnish(installation)
            expectLetIn(await ask(await place.keyOf(each, [scope]), place), `level ${each}`)
            const second = isRead ? place : await furnish(installation)
            const hoursAgo = isDelicate(method, path) ? 11 : 1000
            const browser = await second.browserOf(each, { hoursAgo, withToken: !isRead })
            expectLetIn(await ask(browser, second), `level ${each} in a browser`)
          }
        })
      },
    )

    const named = apiRoutes.organization.filter(([, path]) => /:(?!user)/.test(path))
    it.each(named)('%s /organizations/{id}%s finds nothing of another organization', async (method, path) => {
      const [place, other] = [await furnish(installation), await furnish(installation)]
      const owner = await place.keyOf(levels.owner, ['*'])
      const before = await countChanges()
      const at = `/api/organizations/${place.organizationId}${other.pathTo(path)}`
      expect(errorOf(await owner(method, at, method === 'GET' ? {} : { body: {} }))).toEqual(missing)
      expect(await countChanges()).toBe(before)
    })

    describe.each(apiRoutes.account)('%s %s (%s)', (method, path, scope) => {
      const ask = (client: Client) =>
        client(
          method,
          `/api${path.replace(':id', installation.organizationId)}`,
          method === 'GET' ? {} : { body: {} },
        )

      it('refuses who has no key, a wrong one, or one without the scope', async () => {
        expect(errorOf(await ask(nobody))).toEqual(unauthenticated('not_authenticated'))
        expect(errorOf(await ask(installation.clientWith('gth_nonsense')))).toEqual(
          unauthenticated('authentication_failed'),
        )
        const place = await furnish(installation)
        const without =
          scope === 'any'
            ? []
            : scope === '*'
              ? grantableScopes.filter(each => each !== '*')
              : scopesWithout(scope)
        if (scope !== 'any')
          expect(errorOf(await ask(await place.keyOf(levels.owner, without)))).toEqual(denied())
        if (method === 'GET') return
        const forged = await place.browserOf(levels.owner, { hoursAgo: 0, withToken: false })
        expect(errorOf(await ask(forged))).toEqual(denied('csrf_failed'))
        if (!isDelicate(method, path)) return
        const old = await place.browserOf(levels.owner, { hoursAgo: 13, withToken: true })
        expect(errorOf(await ask(old))).toEqual(denied('reauthentication_required'))
      })

      it('lets in whoever has the scope, a member of nothing too', async () => {
        const place = await furnish(installation)
        const scopes = scope === 'any' ? ['legal_document:read'] : [scope]
        const browser = await place.browserOf(1, { hoursAgo: 0, withToken: true })
        for (const client of [await place.keyOf(1, scopes), await place.keyOf(0, scopes), browser]) {
          const { status } = await ask(client)
          // The id in the path names no key.
          expect([200, 400, ...(path.includes(':') ? [404] : [])]).toContain(status)
        }
      })
    })

    describe.each(apiRoutes.open)('%s %s (%s)', (method, path, who) => {
      it(
        who === 'anybody' ? 'asks nobody who they are' : 'lets nobody in who cannot prove to be the vendor',
        async () => {
          const { status, body } = await nobody(
            method,
            `/api${path.replace(':installation', 'icfg_1')}`,
            method === 'GET' ? {} : { body: {} },
          )
          if (who === 'vendor') expect([401, 404]).toContain(status)
          else if (path === '/login/session') expect([status, body.code]).toEqual([401, 'not_authenticated'])
          else expect([status, body.code]).toEqual([400, 'required'])
        },
      )
    })
  })
})
