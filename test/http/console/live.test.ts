// Live feeds end with the right to them: they go on for nobody who is an administrator somewhere else alone.
import { beforeAll, describe, expect, it } from 'vitest'
import { deleteMember, ensureMember, updateMember } from '../../../src/store/organization/members.ts'
import { findPersonByEmail } from '../../../src/store/organization/people.ts'
import { eachDatabase } from '../../database.ts'
import type { Tenant } from '../scim/surface.ts'
import { addSignIn } from './sign-ins/attempts.ts'
import { type Console, openConsole, type Visitor } from './visitor.ts'

describe('live feeds', () => {
  eachDatabase((_, open) => {
    let console: Console
    let left: Tenant
    let kept: Tenant
    beforeAll(async () => {
      console = await openConsole(await open())
      left = console.surface.tenant
      kept = await console.surface.addTenant('kept.test')
    })
    const ctx = () => console.surface.ctx
    /** An owner of both organizations, whose session began in the one that they keep. */
    const enterBoth = async (): Promise<{ visitor: Visitor; personId: string }> => {
      const visitor = await console.enter(kept.organizationId, 15)
      const { id: personId = '' } = (await findPersonByEmail(ctx().db, visitor.email)) ?? {}
      const member = { organizationId: left.organizationId, personId, level: 15, origin: 'invite' } as const
      await ensureMember(ctx().db, { ...member, now: ctx().now().toISOString() })
      await visitor.submit('/organization', { organization: left.organizationId })
      return { visitor, personId }
    }
    /** All that comes once the feed has begun and `between` is done, until it ends or has gone on for too long. */
    const follow = async (visitor: Visitor, path: string, between: () => Promise<unknown>) => {
      const reader = (await visitor.open(path)).body?.pipeThrough(new TextDecoderStream()).getReader()
      if (!reader) throw new Error(`expected a feed at ${path}`)
      await reader.read()
      await between()
      const late = setTimeout(() => reader.cancel('goes on'), 6000)
      let text = ''
      for (let part = await reader.read(); !part.done; part = await reader.read()) text += part.value
      clearTimeout(late)
      return text
    }

    it('end for whoever is removed, though they are an owner elsewhere', async () => {
      const { visitor, personId } = await enterBoth()
      const text = await follow(visitor, '/sign-ins/live', async () => {
        await deleteMember(ctx().db, left.organizationId, personId)
        await addSignIn(ctx(), left.domain, { row: { email: 'somebody@acme.test' } })
      })
      expect(text).not.toContain('event: row')
    })

    it('end for whoever goes to another organization', async () => {
      const { visitor } = await enterBoth()
      const text = await follow(visitor, '/sign-ins/live', async () => {
        await visitor.submit('/organization', { organization: kept.organizationId })
        await addSignIn(ctx(), left.domain, { row: { email: 'somebody@acme.test' } })
      })
      expect(text).not.toContain('event: row')
    })

    it('end for whoever is demoted below the level of their page', async () => {
      const { visitor, personId } = await enterBoth()
      await visitor.submit('/organization', { organization: left.organizationId })
      const text = await follow(visitor, '/checklist/live?shown=100', async () => {
        const now = ctx().now().toISOString()
        await updateMember(ctx().db, left.organizationId, { personId, level: 8, updated_at: now })
        await console.surface.ask('POST', '/Users', { body: { userName: 'ada@acme.test' } })
      })
      expect(text).not.toContain('event: row')
    })
  })
})
