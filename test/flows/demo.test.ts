// The demo's identity provider against the real server: the round trip, the tile, the directory, and every way to be refused.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSamlLog, type SignInRow } from '../../src/demo/logs.ts'
import { faults } from '../../src/demo/saml/faults.ts'
import { pushEverybody, signInOnce } from '../../src/demo/story.ts'
import { type Page, Visitor } from '../../src/demo/visitor.ts'
import { eachDatabase } from '../database.ts'
import { type RunningDemo, startDemo } from '../running-demo.ts'

eachDatabase((_, __, makeUrl) => {
  let demo: RunningDemo
  beforeAll(async () => {
    demo = await startDemo(await makeUrl())
    await pushEverybody(demo.provider)
  })
  afterAll(() => demo.stop())

  const personNamed = (familyName: string) => {
    const person = demo.provider.directory.people.find(each => each.familyName === familyName)
    if (!person) throw new Error(`nobody is called ${familyName}`)
    return person
  }

  interface Try {
    readonly person?: string
    readonly fault?: string
    readonly from?: 'Gatehouse' | 'the tile'
  }

  async function signIn({ person = 'Lovelace', fault = '', from = 'Gatehouse' }: Try): Promise<Page> {
    const visitor = new Visitor()
    const { loginUrl } = demo.provider.application
    const choice = await visitor.open(from === 'Gatehouse' ? loginUrl : `${demo.url}/tile`)
    return visitor.submit(await visitor.submit(choice, { person: personNamed(person).id, fault }))
  }

  async function lastSignIn(): Promise<SignInRow | undefined> {
    return (await readSamlLog(demo.provider.application.logs)).at(-1)
  }

  describe('the round trip', () => {
    it('signs a pushed person in, with a session of its own', async () => {
      const { cookies, ...end } = await signInOnce(demo.provider, personNamed('Lovelace'))
      expect(end).toEqual({ person: 'Ada Lovelace', url: `${demo.baseUrl}/`, status: 200 })
      expect(cookies).toContain('gatehouse')
      expect(await lastSignIn()).toMatchObject({
        kind: 'sp',
        outcome: 'accepted',
        code: null,
        email: 'ada.lovelace@acme.test',
      })
    })

    it('begins at the tile too', async () => {
      expect((await signIn({ from: 'the tile' })).text).toContain('ada.lovelace@acme.test')
      expect(await lastSignIn()).toMatchObject({ kind: 'idp', outcome: 'accepted' })
    })

    it('is as good in the shape of Entra ID', async () => {
      const { pusher } = demo.provider
      const [before, entra] = [pusher.dialect, { ...pusher.dialect, name: 'entra' as const }]
      pusher.dialect = entra
      expect((await signIn({ person: 'Brontë' })).text).toContain('zoe.bronte@acme.test')
      pusher.dialect = before
    })

    it('refuses whom the directory has deactivated', async () => {
      expect(personNamed('Hopper').isActive).toBe(false)
      expect((await signIn({ person: 'Hopper' })).status).toBe(400)
      expect(await lastSignIn()).toMatchObject({ outcome: 'refused', code: 'saml_user_deactivated' })
    })
  })

  describe('what the provider does wrong', () => {
    it.each(['Gatehouse', 'the tile'] as const)('is refused by its code, begun at %s', async from => {
      await signIn({ from })
      for (const { id, refusal } of faults) {
        const page = await signIn({ fault: id, from })
        expect({ id, status: page.status }).toEqual({ id, status: 400 })
        expect(page.text).toContain(`<code>${refusal}</code>`)
        expect({ id, row: await lastSignIn() }).toMatchObject({
          id,
          row: { outcome: 'refused', code: refusal },
        })
      }
    })

    it('is explained beside it, as an administrator reads it', async () => {
      await signIn({ fault: 'wrong-issuer' })
      const page = await (await fetch(`${demo.url}/sign-ins`)).text()
      const [newest = ''] = /<section>.*?<\/section>/s.exec(page) ?? []
      expect(newest).toContain('saml_issuer_mismatch')
      expect(newest).toContain('Paste http://www.okta.com/exk0000000000another into Entity ID')
      expect(newest).toContain(`<dt>Expected</dt><dd>${demo.url}/metadata</dd>`)
    })

    it('is the same in the shape of Entra ID', async () => {
      const { pusher } = demo.provider
      const before = pusher.dialect
      pusher.dialect = { ...before, name: 'entra' }
      await signIn({})
      const codes = []
      for (const { id } of faults) {
        await signIn({ fault: id })
        codes.push((await lastSignIn())?.code)
      }
      pusher.dialect = before
      expect(codes).toEqual(faults.map(({ refusal }) => refusal))
    })
  })

  describe('the directory', () => {
    const post = (path: string, fields: Record<string, string>) =>
      fetch(`${demo.url}${path}`, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { Origin: demo.url },
        redirect: 'manual',
      })
    const push = () => post('/push', { dialect: 'okta', push: 'now' })

    it('adds somebody, who gets in once they are pushed', async () => {
      const added = await post('/people', { given_name: 'Tim', family_name: 'Lee', group: 'Research' })
      expect(added.status).toBe(303)
      await signIn({ person: 'Lee' })
      expect(await lastSignIn()).toMatchObject({ code: 'saml_jit_disabled' })
      await push()
      expect((await signIn({ person: 'Lee' })).status).toBe(200)
    })

    it('deactivates and reactivates, and pushes only what has changed', async () => {
      const { id } = personNamed('Knuth')
      await post(`/people/${id}/active`, { active: 'false' })
      await push()
      expect(demo.provider.pusher.exchanges.map(({ method, status }) => [method, status])).toEqual([
        ['GET', 200],
        ['PATCH', 200],
      ])
      expect((await signIn({ person: 'Knuth' })).status).toBe(400)
      await post(`/people/${id}/active`, { active: 'true' })
      await push()
      expect((await signIn({ person: 'Knuth' })).status).toBe(200)
    })

    it('moves people between groups', async () => {
      const { scim } = demo.provider.application
      const namesIn = async (group: string) => {
        const filter = encodeURIComponent(`displayName eq "${group}"`)
        const answer = await fetch(`${scim.baseUrl}/Groups?filter=${filter}`, {
          headers: { Authorization: `Bearer ${scim.token}` },
        })
        const list = JSON.parse(await answer.text())
        return list.Resources[0].members.map((member: { display: string }) => member.display)
      }
      expect(await namesIn('Operations')).not.toContain('Alan Turing')
      await post(`/people/${personNamed('Turing').id}/group`, { group: 'Operations' })
      await push()
      expect(await namesIn('Operations')).toContain('Alan Turing')
      expect(await namesIn('Research')).not.toContain('Alan Turing')
    })
  })
})
