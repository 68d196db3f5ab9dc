import { describe, expect, it } from 'vitest'
import { admitToken } from '../../src/provision/access.ts'
import { newStory } from '../../src/provision/log/outcome.ts'
import { userKind } from '../../src/provision/people/users.ts'
import { pushBy } from '../../src/provision/push.ts'
import { createResource } from '../../src/provision/resource.ts'
import { Leniency } from '../../src/scim/quirks.ts'
import { deleteDomain } from '../../src/store/domain/domains.ts'
import { eachDatabase } from '../database.ts'
import { openSurface, person } from '../http/scim/surface.ts'

describe('createResource', () => {
  eachDatabase((_, open) => {
    it('refuses entry to a push that was let in just before its domain was deleted', async () => {
      const { ctx, tenant } = await openSurface(await open())
      const authorization = `Bearer ${tenant.token}`
      const admission = await admitToken(ctx, { domainId: tenant.domain.id, authorization })
      if (admission.outcome === 'refused') throw new Error(admission.reason)
      const { token } = admission
      const leniency = new Leniency(token.domain.profile)
      const push = pushBy(token, { leniency, txn: '1', story: newStory(), ip: null, requestId: '1' })
      await deleteDomain(ctx.db, token.domain.organizationId, tenant.domain.id)
      const sent = { kind: userKind, body: person('late'), params: new URLSearchParams() }
      await expect(createResource(ctx, push, sent)).rejects.toMatchObject({ status: 401 })
    })
  })
})
