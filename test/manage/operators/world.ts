// An installation with an operator, and what the deeds know of whoever asks.
import type { Config } from '../../../src/config.ts'
import { levels } from '../../../src/domain/level.ts'
import {
  authenticateSession,
  type Caller,
  enterOrganization,
  type Principal,
} from '../../../src/manage/caller.ts'
import { grantOperator } from '../../../src/manage/operators/rights.ts'
import type { Db } from '../../../src/store/db.ts'
import { type Console, openConsole, type Visitor } from '../../http/console/visitor.ts'
import type { Tenant } from '../../http/scim/surface.ts'

export interface World {
  readonly console: Console
  /** A plain member of an organization of their own. */
  readonly operator: Visitor
  principalOf(visitor: Visitor): Promise<Principal>
  ownerOf(tenant: Tenant): Promise<Caller>
}

const origin = { ip: '192.0.2.7', requestId: 'r' }

export async function openOperators(db: Db, overrides: Partial<Config> = {}): Promise<World> {
  const console = await openConsole(db, overrides)
  const { ctx } = console.surface
  const home = await console.surface.addTenant('home.test')
  const operator = await console.enter(home.organizationId, levels.member, 'operator')
  await grantOperator(ctx, operator.email)
  const principalOf: World['principalOf'] = ({ secret }) => authenticateSession(ctx, secret, origin)
  const ownerOf: World['ownerOf'] = async ({ organizationId }) => {
    const owner = await console.enter(organizationId, levels.owner)
    return enterOrganization(ctx, await principalOf(owner), organizationId)
  }
  return { console, operator, principalOf, ownerOf }
}
