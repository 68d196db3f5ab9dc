// Rows of a SCIM log as a directory with many people leaves them: thirty days of them, a tenth in the last one, few refused.
import { newIdAt } from '../../src/base/id.ts'
import { type Db, transact } from '../../src/store/db.ts'
import { insertScimLog, type ScimLogRow } from '../../src/store/domain/scim-log.ts'

const inOneTransaction = 2_000
const dayMs = 24 * 60 * 60 * 1000
const people = 20_000

/** The resource that a few hundred of the rows are about. */
export const personAt = (index: number): string =>
  `01900000-0000-7000-8000-${String(index % people).padStart(12, '0')}`

/** The oldest first. Only the oldest tenth has refusals, so that looking for them from the newest on is a long way. */
export async function fillLog(db: Db, domainId: string, { count, now }: { count: number; now: Date }) {
  for (let begun = 0; begun < count; begun += inOneTransaction) {
    const size = Math.min(inOneTransaction, count - begun)
    const rows = Array.from({ length: size }, (_, at) => rowAt(domainId, begun + at, { count, now }))
    await transact(db, tx => insertScimLog(tx, rows))
  }
}

function rowAt(domainId: string, index: number, { count, now }: { count: number; now: Date }): ScimLogRow {
  const share = index / count
  // Nine tenths in the twenty-nine days before the last one.
  const daysAgo = share < 0.9 ? 30 - (share / 0.9) * 29 : (1 - share) * 10
  const at = new Date(now.getTime() - daysAgo * dayMs)
  const isRefused = share < 0.1 && index % 20 === 0
  const isRead = index % 3 !== 0
  const id = personAt(index * 7919)
  const name = `p***${index % 10}@acme.test`
  const path = `/scim/v2/${domainId}/Users`
  return {
    domain_id: domainId,
    id: newIdAt(at),
    created_at: at.toISOString(),
    request_id: `request-${index}`,
    request_method: isRead ? 'GET' : 'PATCH',
    request_path: isRead ? `${path}?filter=userName eq "${name}"` : `${path}/${id}`,
    request_headers: JSON.stringify(headers),
    request_body: isRead ? null : JSON.stringify(patch),
    response_status: isRefused ? 400 : 200,
    response_body: JSON.stringify({ ...user, id, userName: name, externalId: `00u${index}` }),
    identity_provider: 'okta',
    duration_ms: 1 + (index % 9),
    scim_type: isRefused ? 'invalidValue' : null,
    token_hint: share < 0.5 ? 'OldT' : 'NewT',
    resource_type: 'User',
    resource_id: id,
    outcome: isRead
      ? `Looked for userName eq "${name}": found one user.`
      : `Updated the user ${name}: title changed.`,
    accommodations: '[]',
  }
}

const headers = {
  accept: 'application/scim+json',
  'accept-encoding': 'gzip',
  authorization: '***',
  'content-type': 'application/scim+json; charset=utf-8',
  host: 'id.acme.test',
  'user-agent': 'Okta SCIM Client 1.0.0',
}

const patch = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', value: { title: 'Engineer' } }],
}

const user = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  name: { givenName: 'P***n', familyName: 'E***e' },
  displayName: 'P***e',
  emails: [{ primary: true, value: 'p***1@acme.test', type: 'work' }],
  active: true,
  meta: { resourceType: 'User', version: 'W/"7"', location: 'https://id.acme.test/scim/v2/Users' },
}
