// Whoever belongs to very many organizations: a frame that stays small, and a page to look the others up.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { createApiKeyFor } from '../../../src/manage/api-keys.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { findPersonByEmail } from '../../../src/store/organization/people.ts'
import { eachDatabase } from '../../database.ts'
import { type Console, openConsole, type Visitor } from './visitor.ts'
import { mostBytes } from './weight.ts'

const joined = '2026-01-01T00:00:00.000Z'

describe('the organizations of a person', () => {
  eachDatabase((_, open) => {
    let console: Console
    let many: Visitor
    let own: string
    const ids = new Map<string, string>()
    beforeAll(async () => {
      console = await openConsole(await open())
      own = console.surface.tenant.organizationId
      many = await console.enter(own, 8, 'many')
      const names = Array.from({ length: 2000 }, (_, at) => `Customer ${String(at).padStart(4, '0')}`)
      names[7] = `50%_&<b>${'x'.repeat(56)}`
      for (let at = 0; at < names.length; at += 100) await addAll(names.slice(at, at + 100))
    }, 60_000)
    async function addAll(names: readonly string[]): Promise<void> {
      const { db } = console.surface.ctx
      const person = await findPersonByEmail(db, many.email)
      const rows = names.map(name => ({ id: newId(), name }))
      for (const { id, name } of rows) ids.set(name, id)
      await db
        .insertInto('organizations')
        .values(
          rows.map(({ id, name }) => ({
            ...{ id, name, slug: id, members_can_invite: 0, default_membership_level: 1 },
            ...{ created_at: joined, updated_at: joined },
          })),
        )
        .execute()
      await db
        .insertInto('members')
        .values(
          rows.map(({ id }) => ({
            ...{
              organization_id: id,
              person_id: person?.id ?? '',
              id: newId(),
              level: 1,
              status: 'active' as const,
            },
            ...{ level_group_id: null, origin: 'invite' as const, joined_at: joined, updated_at: joined },
            last_login_at: null,
          })),
        )
        .execute()
    }
    const rowsOn = (page: string) => page.split('<tr>').length - 2

    it('stand in the frame of every page as long as they are few, and then behind a link', async () => {
      for (const path of ['/', '/keys', '/members', '/audit', '/organizations']) {
        const page = await many.text(path)
        expect([path, Buffer.byteLength(page) < mostBytes]).toEqual([path, true])
        expect(page).toContain('href="/organizations"')
        expect(page).not.toContain('data-at-once')
      }
      const few = await console.enter(own, 8, 'few')
      for (const name of ['one.test', 'two.test'])
        await console.enter((await console.surface.addTenant(name)).organizationId, 1, 'few')
      const page = await few.text('/')
      expect(page).toContain('two.test</option>')
      expect(page).not.toContain('href="/organizations"')
    })

    it('are listed a page at a time, and found by a part of the name', async () => {
      const first = await many.text('/organizations')
      expect(first).toContain('2001 in all, page 1 of')
      expect(rowsOn(first)).toBe(25)
      expect(await many.text('/organizations?page=2')).toContain('Customer 0030')
      const beyond = await many.text('/organizations?page=9999')
      expect(beyond).toContain('There is nothing on this page.')
      expect(beyond).toContain('href="?page=81"')
      const found = await many.text('/organizations?q=CUSTOMER+199')
      expect(found).toContain('10 in all')
      expect(found).toContain('Customer 1995')
      const odd = await many.text('/organizations?q=%25_%26')
      expect(rowsOn(odd)).toBe(1)
      expect(odd).toContain('50%_&amp;&lt;b&gt;')
      expect(await many.text('/organizations?q=nobody%00')).toContain('No organization of yours matches')
    })

    it('are nobody else’s to see', async () => {
      const other = await console.enter(own, 1, 'other')
      const page = await other.text('/organizations')
      expect(page).not.toContain('Customer')
      expect(rowsOn(page)).toBe(1)
      expect((await console.stranger.open('/organizations')).headers.get('location')).toContain('/login')
    })

    it('are switched to from there, and named by what a form was about', async () => {
      const id = ids.get('Customer 1995') ?? ''
      const page = await many.text('/organizations?q=customer+1995')
      expect(page).toContain(`name="organization" value="${id}"`)
      const csrf = /name="csrf" value="([^"]+)"/.exec(await many.text('/keys'))?.[1] ?? ''
      expect((await many.submit('/organization', { organization: id })).status).toBe(303)
      expect(await many.text('/')).toContain('You are a member of <bdi>Customer 1995</bdi>')
      const late = await many.submit('/keys', { csrf, label: 'x' })
      expect([late.status, await late.text()]).toEqual([
        409,
        expect.stringMatching(/The page was about \S.*, and you have switched to Customer 1995/),
      ])
      expect((await many.submit('/organization', { organization: own })).status).toBe(303)
    })

    it('are named where a key opens them, the first of many', async () => {
      const { ctx } = console.surface
      const scopes = ['organization:read']
      await createApiKeyFor(ctx, operatorCaller(ids.get('Customer 1234') ?? ''), {
        ...{ owner: many.email, scopes, label: 'one' },
      })
      const wide = await createApiKeyFor(ctx, operatorCaller(own), {
        owner: many.email,
        scopes,
        label: 'all',
      })
      await ctx.db
        .updateTable('api_keys')
        .set({ organizations: JSON.stringify([...ids.values()]) as never })
        .where('id', '=', wide.id)
        .execute()
      const page = await many.text('/keys')
      expect(page).toContain('Customer 1234')
      expect(page).toMatch(/and 1997 more/)
      expect(page).toContain('To make a key for another organization, switch to it first.')
      expect(Buffer.byteLength(page)).toBeLessThan(mostBytes)
    })
  })
})
