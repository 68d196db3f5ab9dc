// Searching the sign-ins for a part of an address: so many at once, and further back from there on.
import { beforeAll, describe, expect, it } from 'vitest'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { readSignInPage } from '../../../src/manage/sign-ins/list.ts'
import { eachDatabase } from '../../database.ts'
import { addSignIn } from '../../http/console/sign-ins/attempts.ts'
import { openSurface, type Surface } from '../../http/scim/surface.ts'

describe('readSignInPage', () => {
  eachDatabase((_, open) => {
    let surface: Surface
    beforeAll(async () => {
      surface = await openSurface(await open())
      for (let at = 0; at < 25; at++) {
        surface.ctx.clock.advance(1000)
        const email = at % 10 === 0 ? `ada${at}@acme.test` : `grace${at}@acme.test`
        await addSignIn(surface.ctx, surface.tenant.domain, { row: { email } })
      }
    })
    const look = async (term: string, beforeId?: string) => {
      const { rows, ...page } = await readSignInPage(
        surface.ctx,
        operatorCaller(surface.tenant.organizationId),
        {
          search: { search: term },
          limit: 5,
          beforeId,
          rowsLookedThrough: 10,
        },
      )
      return { emails: rows.map(row => row.email), ...page }
    }

    it('says how far back it looked, and goes on from there until the end', async () => {
      const first = await look('ada')
      expect(first).toMatchObject({ emails: ['ada20@acme.test'], hasOlder: false })
      const second = await look('ada', first.lookedTo?.id)
      expect(second).toMatchObject({ emails: ['ada10@acme.test'], hasOlder: false })
      const third = await look('ada', second.lookedTo?.id)
      expect(third).toMatchObject({ emails: ['ada0@acme.test'], hasOlder: false, lookedTo: undefined })
    })

    it('leaves nothing out where a page is full before that', async () => {
      const first = await look('GRACE')
      expect(first).toMatchObject({ hasOlder: true, lookedTo: undefined })
      expect(first.emails).toEqual([24, 23, 22, 21, 19].map(at => `grace${at}@acme.test`))
    })
  })
})
