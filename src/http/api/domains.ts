// Domains over HTTP: their fields, their verification, their SCIM tokens.
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { readDomainName } from '../../domain/domain.ts'
import type { Caller } from '../../manage/caller.ts'
import { createDomain, refuseKnownName } from '../../manage/domain-claim.ts'
import * as domains from '../../manage/domains.ts'
import { readCertificateField, readSsoUrl } from '../../manage/saml-fields.ts'
import { longestOverlapSeconds, requireScim, revokeToken, rotateToken } from '../../manage/scim-tokens.ts'
import { verifyDomain } from '../../manage/verification.ts'
import { profiles } from '../../scim/quirks.ts'
import { parse, readJson } from './body.ts'
import { clearable, gate, level, readBy, text } from './fields.ts'
import { readSlice, sliceOf } from './paging.ts'
import { type ApiContext, readPathId } from './request.ts'

const name = z.object({ domain: z.string().trim().min(1).max(253).transform(readBy(readDomainName)) })

/** What can be set from the beginning. */
const samlFields = {
  saml_entity_id: clearable(text(512).trim()).optional(),
  saml_acs_url: clearable(text(512).trim().transform(readBy(readSsoUrl))).optional(),
  saml_x509_cert: clearable(text(65_536).transform(readBy(readCertificateField))).optional(),
}

const names = z
  .union([text(255), z.array(text(255)).max(20)], 'Expected an attribute name or a list of at most 20')
  .optional()
const attributeMapping = z.object({
  email: names,
  first_name: names,
  last_name: names,
  full_name: names,
  groups: names,
})
const mostGroups = 1000
/** A group can make an administrator, never an owner. */
const roleMapping = z
  .record(text(512), level([1, 8]))
  .refine(groups => Object.keys(groups).length <= mostGroups, {
    params: { code: 'max_length' },
    message: `Expected at most ${mostGroups} groups.`,
  })

/** In the order of the table of fields, which is the order of errors. */
const patchFields = (isVerified: boolean) =>
  z.object({
    jit_provisioning_enabled: gate(isVerified, z.boolean()),
    sso_enforcement: gate(isVerified, z.enum(['', 'saml'])),
    ...samlFields,
    saml_sso_binding: z.enum(['redirect', 'post']).optional(),
    saml_sign_requests: z.boolean().optional(),
    saml_idp_initiated_enabled: z.boolean().optional(),
    saml_metadata: clearable(text(262_144)).optional(),
    saml_attribute_mapping: attributeMapping.nullable().optional(),
    saml_role_mapping: roleMapping.nullable().optional(),
    scim_enabled: gate(isVerified, z.boolean()),
    scim_profile: z.enum(profiles).optional(),
    scim_foreign_addresses: z.enum(['allow', 'refuse']).optional(),
    scim_require_if_match: z.boolean().optional(),
  })
const onceVerified = patchFields(true)
const beforeVerified = patchFields(false)

const nothing = z.object({})
const rotation = z.object({
  overlap_seconds: z.int().min(0).max(longestOverlapSeconds).default(0),
})

export async function list(ctx: Context, caller: Caller, c: ApiContext) {
  const slice = readSlice(ctx, c)
  return c.json(sliceOf(slice, await domains.readDomains(ctx, caller, slice)))
}

export async function create(ctx: Context, caller: Caller, c: ApiContext) {
  const body = await readJson(c)
  const { domain } = parse(name, body)
  await refuseKnownName(ctx, caller, domain)
  const settings = parse(z.object(samlFields), body)
  return c.json(await createDomain(ctx, caller, { name: domain, settings }), 201)
}

export async function show(ctx: Context, caller: Caller, c: ApiContext) {
  return c.json(await domains.readDomain(ctx, caller, readPathId(c, 'id')))
}

export async function change(ctx: Context, caller: Caller, c: ApiContext) {
  const { id, verifiedAt } = await domains.requireDomain(ctx, caller, readPathId(c, 'id'))
  const patch = parse(verifiedAt === null ? beforeVerified : onceVerified, await readJson(c))
  return c.json(await domains.changeDomain(ctx, caller, { id, patch }))
}

export async function remove(ctx: Context, caller: Caller, c: ApiContext) {
  await domains.removeDomain(ctx, caller, readPathId(c, 'id'))
  return c.body(null, 204)
}

export async function verify(ctx: Context, caller: Caller, c: ApiContext) {
  const domain = await domains.requireDomain(ctx, caller, readPathId(c, 'id'))
  parse(nothing, await readJson(c))
  return c.json(await verifyDomain(ctx, caller, domain))
}

/** Whether SCIM is on is looked at before the body's fields are. */
export async function rotate(ctx: Context, caller: Caller, c: ApiContext) {
  const { id: domainId } = await domains.requireDomain(ctx, caller, readPathId(c, 'id'))
  const body = await readJson(c)
  await requireScim(ctx, caller, domainId)
  const { overlap_seconds: overlapSeconds } = parse(rotation, body)
  return c.json(await rotateToken(ctx, caller, { domainId, overlapSeconds }))
}

export async function revoke(ctx: Context, caller: Caller, c: ApiContext) {
  await revokeToken(ctx, caller, { domainId: readPathId(c, 'id'), tokenId: readPathId(c, 'token') })
  return c.body(null, 204)
}
