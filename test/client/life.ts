// The life of an organization, as a customer's program would live it: by the client that is generated from /openapi.json alone.
import * as api from './generated/api.ts'

export interface World {
  readonly url: string
  /** Of somebody who may do everything. */
  readonly apiKey: string
  /** Publishes a DNS record. */
  publish(record: { name: string; value: string }): void
  /** The text of the mail that somebody gets. */
  mailTo(address: string): Promise<string>
}

/** What a client has to get right once: where the server is, and its key. */
function connect({ url, apiKey }: World): void {
  api.defaults.baseUrl = url
  api.defaults.headers = { Authorization: `Bearer ${apiKey}` }
}

/** The data of a good answer; the type knows which statuses there are. */
function good<Answer extends { status: number; data?: unknown }, Status extends Answer['status']>(
  answer: Answer,
  status: Status,
): Extract<Answer, { status: Status }> extends { data: infer Data } ? Data : undefined {
  if (answer.status !== status)
    throw new Error(`Expected ${status}, got ${answer.status}: ${JSON.stringify(answer.data)}`)
  return answer.data as never
}

const secretIn = (mail: string, before: string): string =>
  new RegExp(`/${before}/([\\w-]{43})`).exec(mail)?.[1] ?? ''

export async function live(world: World) {
  connect(world)
  const { id: organization } = good(await api.createOrganization({ name: 'Lovelace' }), 201)
  const domain = await proveDomain(world, organization)
  const pushed = await pushPeople(organization, domain.id)
  const guest = await invite(world, organization)
  const pdf = await signDocument(world, organization)
  const log = good(await api.listAuditLog(organization, { pageSize: 100 }), 200)
  good(await api.deleteDomain(organization, domain.id), 204)
  good(await api.deleteMember(organization, guest.user.id), 204)
  const left = good(await api.listMembers(organization), 200)
  good(await api.deleteOrganization(organization), 204)
  const after = await api.getOrganization(organization)
  return { domain, pushed, guest, pdf, log, left, after }
}

async function proveDomain({ publish }: World, organization: string) {
  const made = good(await api.createDomain(organization, { domain: 'lovelace.test' }), 201)
  if (!made.verification_record) throw new Error('The owner does not see the record.')
  publish(made.verification_record)
  return good(await api.verifyDomain(organization, made.id, {}), 200)
}

/** SCIM is switched on, its token rotated, and a person pushed with the new one. */
async function pushPeople(organization: string, domain: string) {
  const before = good(await api.updateDomain(organization, domain, { scim_enabled: true }), 200)
  const { scim_bearer_token: token } = good(
    await api.rotateScimToken(organization, domain, { overlap_seconds: 60 }),
    200,
  )
  const user = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'ada@lovelace.test' }
  const headers = { Authorization: `Bearer ${token}` }
  const pushed = good(await api.scimCreateTheUser(domain, user, {}, { headers }), 201)
  const { results } = good(await api.listScimLog(organization, domain, { statusMin: 200 }), 200)
  return {
    id: pushed.id,
    outcomes: results.map(row => row.outcome),
    hadToken: before.scim_bearer_token !== null,
  }
}

async function invite({ mailTo }: World, organization: string) {
  const target_email = 'charles@babbage.test'
  const key = { idempotencyKey: 'invite charles' }
  const made = good(await api.createInvite(organization, { target_email, level: 1 }, key), 201)
  const again = good(await api.createInvite(organization, { target_email, level: 1 }, key), 201)
  if (made.id !== again.id) throw new Error('The same request was done twice.')
  const token = secretIn(await mailTo(target_email), 'invites')
  const shown = good(await api.getInvitation(token), 200)
  const { member } = good(await withoutKey(() => api.acceptInvitation({ token })), 200)
  const promoted = good(await api.updateMember(organization, member.user.id, { level: 8 }), 200)
  const found = good(await api.listMembers(organization, { search: 'babbage' }), 200)
  return {
    ...promoted,
    invitedTo: shown.organization_name,
    found: found.results.map(each => each.user.email),
  }
}

/** As somebody who has nothing but a link. */
async function withoutKey<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  const { headers } = api.defaults
  api.defaults.headers = {}
  try {
    return await ask()
  } finally {
    api.defaults.headers = headers
  }
}

async function signDocument({ url, apiKey, mailTo }: World, organization: string) {
  const representative_email = 'legal@lovelace.test'
  const submission = { document_type: 'DPA', company_name: 'Lovelace', company_address: 'London' } as const
  const made = good(await api.createLegalDocument(organization, { ...submission, representative_email }), 201)
  const early = await api.downloadLegalDocument(organization, made.id)
  const secret = secretIn(await mailTo(representative_email), 'sign')
  await api.signAgreement(secret, { name: 'Ada Lovelace', title: 'Director', agree: 'yes' })
  const path = `${url}/api/organizations/${organization}/legal_documents/${made.id}/download`
  const headers = { Authorization: `Bearer ${apiKey}` }
  for (let tries = 0; tries < 100; tries++) {
    const { status } = good(await api.getLegalDocument(organization, made.id), 200)
    const download = await fetch(path, { headers })
    if (status === 'signed' && download.ok)
      return { early: early.status, status, bytes: Buffer.from(await download.arrayBuffer()) }
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('The signed document never came.')
}
