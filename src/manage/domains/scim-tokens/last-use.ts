// Who used a token last: told by the row of the SCIM log that its last use left.
import { idsFrom } from '../../../base/id.ts'
import type { Db } from '../../../store/db.ts'
import { listScimLog } from '../../../store/domain/scim-log.ts'
import type { ScimToken } from '../../../store/domain/scim-tokens.ts'

export interface LastUser {
  /** As the log says it; `other` where the product is not known. */
  readonly identityProvider: string
  /** What it calls itself. */
  readonly agent: string | null
}

type UsedToken = Pick<ScimToken, 'id' | 'hint' | 'last_used_at'>

/** By the id of a token; those that nobody used, or long ago, are left out. */
export async function readLastUsers(
  db: Db,
  domainId: string,
  tokens: readonly UsedToken[],
): Promise<ReadonlyMap<string, LastUser>> {
  const users = new Map<string, LastUser>()
  for (const { id, hint, last_used_at: usedAt } of tokens) {
    const [row] = usedAt === null ? [] : await listScimLog(db, domainId, aroundUse(hint, usedAt))
    if (row) users.set(id, { identityProvider: row.identity_provider, agent: agentIn(row.request_headers) })
  }
  return users
}

function agentIn(headers: string): string | null {
  const { 'user-agent': agent } = JSON.parse(headers) as Readonly<Record<string, string>>
  return agent || null
}

/** A token's last use is noted within a minute; the log of all other times need not be looked through. */
const slackMs = 2 * 60_000

function aroundUse(hint: string, usedAt: string) {
  const at = Date.parse(usedAt)
  return {
    search: { tokenHint: hint },
    limit: 1,
    fromId: idsFrom(new Date(at - slackMs)),
    beforeId: idsFrom(new Date(at + slackMs)),
  }
}
