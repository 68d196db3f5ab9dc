// What sign-ins leave in the outbox: who joined, who came in, who was refused; nothing by strangers.
import { beforeAll, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../database.ts'
import { type Connected, openWorld, signIn, type World } from '../../http/saml/world.ts'
import { nextIdp } from '../../saml/keys.ts'

const prefix = 'urn:gatehouse:event'

describe('events', () => {
  eachDatabase((_, open) => {
    let world: World
    let acme: Connected
    beforeAll(async () => {
      world = await openWorld(await open())
      acme = await world.connect('acme.test', { jit_provisioning_enabled: true })
    })

    const newEvents = async (work: () => Promise<unknown>) => {
      const read = () => world.ctx.db.selectFrom('events').selectAll().orderBy('id').execute()
      const before = await read()
      await work()
      return (await read()).slice(before.length).map(row => ({ ...row, payload: JSON.parse(row.payload) }))
    }

    it('a first sign-in joins and succeeds, each told with its id', async () => {
      const [joined, succeeded, ...more] = await newEvents(() => signIn(world, acme))
      const [row] = await world.logOf(acme)
      const ofRequest = { organization_id: acme.organizationId, domain_id: acme.id, txn: row?.trace_id }
      expect(more).toEqual([])
      expect(joined).toMatchObject({
        ...ofRequest,
        name: 'member.joined',
        payload: { events: { [`${prefix}:member.joined`]: { person_id: row?.person_id } } },
      })
      expect(succeeded).toMatchObject({ ...ofRequest, name: 'sign_in.succeeded' })
      expect(succeeded?.payload).toMatchObject({
        sub_id: { format: 'opaque', id: row?.id },
        events: {
          [`${prefix}:sign_in.succeeded`]: { kind: 'sp', person_id: row?.person_id, code: null },
        },
      })
      expect(JSON.stringify([joined, succeeded])).not.toContain('ada@acme.test')
    })

    it('a refusal is told with its code', async () => {
      const [refused, ...more] = await newEvents(() => signIn(world, acme, { email: 'eve@foreign.test' }))
      expect(more).toEqual([])
      expect(refused).toMatchObject({
        name: 'sign_in.refused',
        payload: { events: { [`${prefix}:sign_in.refused`]: { code: 'saml_domain_not_allowed' } } },
      })
    })

    it('what the identity provider has not signed is told to nobody', async () => {
      const making = { signing: { key: nextIdp } }
      expect(await newEvents(() => signIn(world, acme, { making }))).toEqual([])
    })
  })
})
