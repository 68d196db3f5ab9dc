// Every page and form of the console, with who may use it.
import * as audit from './audit/audit.ts'
import type { ConsoleCall, OrganizationCall } from './call.ts'
import * as checklist from './checklist.ts'
import * as documents from './documents/documents.ts'
import * as domains from './domains/domains.ts'
import { steps } from './domains/steps.ts'
import * as groups from './groups/groups.ts'
import * as home from './home.ts'
import * as integrations from './integrations/integrations.ts'
import * as invites from './invites/invites.ts'
import * as keys from './keys/keys.ts'
import * as dryRun from './log/entry/dry-run.ts'
import { followScimLog } from './log/live.ts'
import * as log from './log/scim-log.ts'
import * as members from './members/members.ts'
import * as settings from './members/settings.ts'
import * as organizations from './operator/organizations.ts'
import * as system from './operator/system.ts'
import * as ownOrganizations from './own-organizations.ts'
import * as person from './person/person.ts'
import * as setUpLinks from './set-up-links/set-up-links.ts'
import * as signIns from './sign-ins/sign-ins.ts'
import * as tokens from './tokens/tokens.ts'

type Answer = Response | Promise<Response>
type Method = 'GET' | 'POST'

/** For whoever is signed in, in an organization or not. */
type PersonRoute = readonly [method: Method, path: string, handler: (call: ConsoleCall) => Answer]

type OrganizationRoute = readonly [
  method: Method,
  path: string,
  level: 'member' | 'admin' | 'owner',
  handler: (call: OrganizationCall) => Answer,
]

export const personRoutes: readonly PersonRoute[] = [
  ['GET', '/', home.show],
  ['POST', '/organization', ownOrganizations.choose],
  ['GET', '/organizations', ownOrganizations.list],
  ['POST', '/operator/leave', organizations.leave],
]

/** For operators of the installation. */
export const operatorRoutes: readonly PersonRoute[] = [
  ['GET', '/operator', organizations.list],
  ['POST', '/operator', organizations.create],
  ['POST', '/operator/organizations/:id/enter', organizations.enter],
  ['GET', '/operator/system', system.show],
  ['POST', '/operator/system/mail', system.testMailNow],
  ['POST', '/operator/system/dns', system.testDnsNow],
  ['POST', '/operator/system/storage', system.testStorageNow],
  ['POST', '/operator/system/backup', system.backUp],
  ['POST', '/operator/system/outbox/:id/retry', system.retry],
  ['POST', '/operator/system/outbox/:id/drop', system.drop],
  ['POST', '/checklist/mail', checklist.mailMe],
]

export const organizationRoutes: readonly OrganizationRoute[] = [
  ['GET', '/checklist/live', 'owner', checklist.follow],
  ['GET', '/domains', 'admin', domains.list],
  ['POST', '/domains', 'admin', domains.create],
  ...steps.map(
    ([method, path, , handler]): OrganizationRoute => [
      method,
      `/domains/:id${path}`,
      'admin',
      domains.step(handler),
    ],
  ),

  ['GET', '/domains/:id/scim-log', 'admin', log.list],
  ['GET', '/domains/:id/scim-log/live', 'admin', followScimLog],
  ['GET', '/domains/:id/scim-log/:entry', 'admin', log.show],
  ['GET', '/domains/:id/scim-log/:entry/dry-run', 'admin', dryRun.show],
  ['POST', '/domains/:id/scim-log/:entry/dry-run', 'admin', dryRun.run],

  ['GET', '/set-up-links', 'admin', setUpLinks.list],
  ['POST', '/set-up-links', 'admin', setUpLinks.create],
  ['POST', '/set-up-links/:link/revoke', 'admin', setUpLinks.revoke],
  ['GET', '/domains/:id/set-up-links', 'admin', setUpLinks.list],
  ['POST', '/domains/:id/set-up-links', 'admin', setUpLinks.create],
  ['POST', '/domains/:id/set-up-links/:link/revoke', 'admin', setUpLinks.revoke],

  ['GET', '/members', 'member', members.list],
  ['POST', '/members/:person/level', 'admin', members.changeLevel],
  ['GET', '/members/:person/remove', 'member', members.confirmRemoval],
  ['POST', '/members/:person/remove', 'member', members.remove],
  ['GET', '/people', 'admin', person.lookUp],
  ['GET', '/people/:id', 'admin', person.show],
  ['POST', '/people/:id/level', 'admin', person.changeLevel],
  ['POST', '/people/:id/sessions/end', 'admin', person.endSessions],
  ['POST', '/people/:id/names/untie', 'admin', person.untie],
  ['GET', '/groups', 'admin', groups.list],
  ['GET', '/groups/:domain/:group', 'admin', groups.show],
  ['POST', '/groups/:domain/:group/level', 'admin', groups.changeLevel],
  ['GET', '/pending-invites', 'member', invites.list],
  ['POST', '/pending-invites', 'member', invites.create],
  ['GET', '/pending-invites/several', 'member', invites.showSeveral],
  ['POST', '/pending-invites/several', 'member', invites.createSeveral],
  ['GET', '/pending-invites/set-up', 'admin', invites.showSetUp],
  ['POST', '/pending-invites/set-up', 'admin', invites.delegate],
  ['POST', '/pending-invites/:id/resend', 'admin', invites.resend],
  ['POST', '/pending-invites/:id/delete', 'admin', invites.remove],
  ['GET', '/keys', 'member', keys.list],
  ['POST', '/keys', 'member', keys.create],
  ['POST', '/keys/:id/revoke', 'member', keys.revoke],
  ['POST', '/keys/:id/close', 'admin', keys.close],
  ['GET', '/settings', 'admin', settings.show],
  ['POST', '/settings', 'admin', settings.change],
  ['GET', '/settings/delete', 'owner', settings.confirmDeletion],
  ['POST', '/settings/delete', 'owner', settings.remove],

  ['GET', '/sign-ins', 'admin', signIns.list],
  ['GET', '/sign-ins/live', 'admin', signIns.follow],
  ['GET', '/sign-ins/:domain/:id', 'admin', signIns.show],

  ['GET', '/tokens', 'admin', tokens.list],
  ['POST', '/tokens', 'admin', tokens.rotate],
  ['GET', '/tokens/:domain/:token/revoke', 'admin', call => tokens.confirmRevocation(call)],
  ['POST', '/tokens/:domain/:token/revoke', 'admin', tokens.revoke],

  ['GET', '/integrations', 'admin', integrations.list],
  ['POST', '/integrations', 'admin', integrations.link],
  ['GET', '/integrations/vercel', 'admin', integrations.askToLink],
  ['GET', '/integrations/:id', 'admin', integrations.show],
  ['POST', '/integrations/:id/environments', 'admin', integrations.map],
  ['POST', '/integrations/:id/push', 'admin', integrations.push],
  ['GET', '/integrations/:id/delete', 'admin', call => integrations.confirmRemoval(call)],
  ['POST', '/integrations/:id/delete', 'admin', integrations.remove],
  ['GET', '/documents', 'admin', documents.list],
  ['POST', '/documents', 'admin', documents.create],
  ['GET', '/documents/:id', 'admin', documents.show],
  ['GET', '/documents/:id/download', 'admin', documents.download],
  ['POST', '/documents/:id/resend', 'admin', documents.resend],
  ['POST', '/documents/:id/retry', 'admin', documents.retry],

  ['GET', '/audit', 'admin', audit.list],
  ['GET', '/audit/export', 'admin', audit.exportLog],
]

/** The first parts of the paths above. */
export const consolePaths: ReadonlySet<string> = new Set(
  [...personRoutes, ...operatorRoutes, ...organizationRoutes].map(([, path]) => path.split('/')[1] ?? ''),
)
