// A server that is told to stop: who is under way gets the whole answer, on a connection that ends with it, and is logged.
import { type IncomingMessage, request } from 'node:http'
import { expect, it } from 'vitest'
import { closeDatabase, openDatabase } from '../../src/store/db.ts'
import { eachDatabase } from '../database.ts'
import { startGatehouse } from '../running-server.ts'
import { ada, openSurface } from './scim/surface.ts'

/** What came, once it is whole. */
interface Answered {
  readonly answer: IncomingMessage
  readonly text: string
}

/** A request whose body is sent in two halves. */
function beginPost(url: string, token: string, body: string) {
  const answered = Promise.withResolvers<Answered>()
  const half = body.length / 2
  const headers = {
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/scim+json',
    'Content-Length': body.length,
    'User-Agent': 'test',
  }
  const post = request(url, { method: 'POST', headers }, async answer => {
    let text = ''
    for await (const chunk of answer) text += chunk
    answered.resolve({ answer, text })
  })
  post.on('error', answered.reject)
  post.write(body.slice(0, half))
  return { finish: () => void post.end(body.slice(half)), answered: answered.promise }
}

eachDatabase((_, _open, makeUrl) => {
  it('answers what is under way with Connection: close and every guard, and stores its row of the log', async () => {
    const url = await makeUrl()
    const server = await startGatehouse(url)
    const { tenant } = await openSurface(server.ctx.db)
    const base = `${server.ctx.config.baseUrl}/scim/v2/${tenant.domain.id}`
    const under = [
      beginPost(`${base}/Users`, tenant.token, JSON.stringify(ada)),
      beginPost(`${base}/Users`, tenant.token, '{"schemas":[]}'),
      beginPost(
        `${base}/.search`,
        tenant.token,
        '{"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"]}',
      ),
    ]
    await new Promise(resolve => setTimeout(resolve, 100))
    const stopped = server.stop()
    for (const each of under) each.finish()
    const answers = await Promise.all(under.map(each => each.answered))
    expect(answers.map(({ answer }) => answer.statusCode)).toEqual([201, 400, 200])
    for (const { answer, text } of answers) {
      expect(answer.headers).toMatchObject({
        connection: 'close',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-request-id': expect.any(String),
      })
      expect(() => JSON.parse(text)).not.toThrow()
    }
    await stopped
    const db = await openDatabase(url)
    const rows = await db.selectFrom('scim_log').select('request_id').execute()
    await closeDatabase(db)
    expect(rows.map(row => row.request_id).sort()).toEqual(
      answers.map(({ answer }) => answer.headers['x-request-id']).sort(),
    )
  })
})
