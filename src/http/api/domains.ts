// Domains over HTTP: claimed, changed, verified; and their SCIM tokens.
import { z } from 'zod'
import { createDomain, refuseKnownName } from '../../manage/domains/claim.ts'
import * as domains from '../../manage/domains/domains.ts'
import {
  longestOverlapSeconds,
  requireScim,
  revokeToken,
  rotateToken,
} from '../../manage/domains/scim-tokens.ts'
import { verifyDomain } from '../../manage/domains/verification.ts'
import { domainPatch, firstSettings, nameField, newDomain, patchBeforeVerified } from './domain-fields.ts'
import { checkedDomain, domain, rotatedToken } from './domain-shape.ts'
import { parse, readJson } from './mount/body.ts'
import { inOrganization } from './mount/operation.ts'
import { pageOf, slice, sliceOf } from './mount/paging.ts'

const rotation = z
  .object({
    overlap_seconds: z
      .int()
      .min(0)
      .max(longestOverlapSeconds)
      .default(0)
      .describe('How long older tokens live on; 0: not at all.'),
  })
  .meta({ id: 'ScimTokenRotation' })

export const list = inOrganization({
  id: 'listDomains',
  summary: 'The domains of the organization, by name',
  query: slice,
  answer: pageOf(domain),
  run: async (ctx, { caller, url, query }) => {
    const asked = query()
    return sliceOf(url, asked, await domains.readDomains(ctx, caller, asked))
  },
})

export const create = inOrganization({
  id: 'createDomain',
  summary: 'Claim a domain',
  body: newDomain,
  answer: domain,
  status: 201,
  run: async (ctx, { caller, c }) => {
    const body = await readJson(c)
    const { domain: name } = parse(nameField, body)
    await refuseKnownName(ctx, caller, name)
    return createDomain(ctx, caller, { name, settings: parse(firstSettings, body) })
  },
})

export const show = inOrganization({
  id: 'getDomain',
  summary: 'A domain',
  answer: domain,
  run: (ctx, { caller, id }) => domains.readDomain(ctx, caller, id('id')),
})

export const change = inOrganization({
  id: 'updateDomain',
  summary: 'Change the settings of a domain',
  body: domainPatch,
  answer: domain,
  run: async (ctx, { caller, c, id: idOf, body }) => {
    const { id, verifiedAt } = await domains.requireDomain(ctx, caller, idOf('id'))
    const patch = verifiedAt === null ? parse(patchBeforeVerified, await readJson(c)) : await body()
    return domains.changeDomain(ctx, caller, { id, patch })
  },
})

export const remove = inOrganization({
  id: 'deleteDomain',
  summary: 'Give up a domain, with its SCIM resources, tokens and logs',
  answer: 'nothing',
  run: (ctx, { caller, id }) => domains.removeDomain(ctx, caller, id('id')),
})

export const verify = inOrganization({
  id: 'verifyDomain',
  summary: 'Look the DNS record up; a failed check is 200 and says what was seen',
  body: z.object({}),
  answer: checkedDomain,
  run: async (ctx, { caller, id, body }) => {
    const claimed = await domains.requireDomain(ctx, caller, id('id'))
    await body()
    return verifyDomain(ctx, caller, claimed)
  },
})

/** Whether SCIM is on is looked at before the body's fields are. */
export const rotate = inOrganization({
  id: 'rotateScimToken',
  summary: 'Make a new SCIM token; it is shown once',
  body: rotation,
  answer: rotatedToken,
  run: async (ctx, { caller, c, id }) => {
    const { id: domainId } = await domains.requireDomain(ctx, caller, id('id'))
    const sent = await readJson(c)
    await requireScim(ctx, caller, domainId)
    const { overlap_seconds: overlapSeconds } = parse(rotation, sent)
    return rotateToken(ctx, caller, { domainId, overlapSeconds })
  },
})

export const revoke = inOrganization({
  id: 'revokeScimToken',
  summary: 'End a SCIM token at once',
  answer: 'nothing',
  run: (ctx, { caller, id }) => revokeToken(ctx, caller, { domainId: id('id'), tokenId: id('token') }),
})
