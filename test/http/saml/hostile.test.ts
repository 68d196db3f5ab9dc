// Every hostile document through the whole surface: nobody comes in, nothing breaks, and everybody else is still served.
import { performance } from 'node:perf_hooks'
import { afterAll, describe, expect, it } from 'vitest'
import { JudgeThread } from '../../../src/login/saml/judge.ts'
import { judgeResponse } from '../../../src/saml/verdict.ts'
import { eachDatabase } from '../../database.ts'
import { encryption } from '../../saml/hostile/encryption.ts'
import { identity } from '../../saml/hostile/identity.ts'
import { meaning } from '../../saml/hostile/meaning.ts'
import { reading } from '../../saml/hostile/reading.ts'
import { signatures } from '../../saml/hostile/signature.ts'
import { size } from '../../saml/hostile/size.ts'
import { wrapping } from '../../saml/hostile/wrapping.ts'
import { now } from '../../saml/provider.ts'
import { codeOn, openWorld } from './world.ts'

const documents = [wrapping, reading, signatures, encryption, meaning, identity, size].flat()

describe('hostile documents', () => {
  eachDatabase((_, open) => {
    const thread = new JudgeThread()
    afterAll(() => thread.stop())

    it('are refused by their own code where all else fits', async () => {
      let connection = documents[0]?.connection
      const world = await openWorld(await open(), {}, async input =>
        judgeResponse({ ...input, connection: connection ?? input.connection, now }),
      )
      const domain = await world.connect('acme.test', {
        saml_idp_initiated_enabled: true,
        jit_provisioning_enabled: true,
      })
      const wrong: string[] = []
      for (const { name, code, response, connection: own } of documents) {
        connection = own
        const answer = await world.browser().answer(domain, { SAMLResponse: response })
        const got = await codeOn(answer)
        // Some are answers to a request that nobody made here.
        const isRefused = got === code || got === 'saml_request_unknown'
        if (!isRefused || answer.headers.getSetCookie().length > 0) wrong.push(`${name}: ${code}, got ${got}`)
      }
      expect(wrong).toEqual([])
      expect(await world.ctx.db.selectFrom('sessions').selectAll().execute()).toEqual([])
      expect(await world.logOf(domain)).toHaveLength(Math.min(documents.length, 1000))
    })

    it('do not hold the event loop up', async () => {
      const world = await openWorld(await open(), {}, thread.judge)
      const domain = await world.connect('acme.test')
      await world.browser().answer(domain, { SAMLResponse: 'AAAA' })
      const delays: number[] = []
      let last = performance.now()
      const timer = setInterval(() => {
        delays.push(performance.now() - last - 5)
        last = performance.now()
      }, 5)
      const answers = await Promise.all(
        size.map(({ response }) => world.browser().answer(domain, { SAMLResponse: response })),
      )
      clearInterval(timer)
      expect(answers.filter(answer => answer.status >= 500 || answer.status < 400)).toEqual([])
      expect(delays.sort((a, b) => a - b).at(Math.floor(delays.length / 2)) ?? 0).toBeLessThan(20)
    })
  })
})
