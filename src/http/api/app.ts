// The Organizations API: every route with who may call it.
import type { Hono } from 'hono'
import type { Context } from '../../context.ts'
import type { HttpEnv } from '../request.ts'
import * as account from './account.ts'
import * as domains from './domains.ts'
import * as integrations from './integrations.ts'
import * as invitation from './invitation.ts'
import * as invites from './invites.ts'
import * as documents from './legal-documents.ts'
import * as login from './login.ts'
import * as logs from './logs.ts'
import * as members from './members.ts'
import {
  type AccountRoute,
  mountRoutes,
  type OpenRoute,
  type OrganizationRoute,
  type RouteTables,
} from './mount/route.ts'
import * as organizations from './organizations.ts'
import * as groups from './scim-groups.ts'
import * as schemas from './scim-schemas.ts'
import * as signIns from './sign-ins.ts'
import * as vercel from './vercel.ts'

const openRoutes: readonly OpenRoute[] = [
  ['POST', '/login/precheck', 'anybody', login.precheck],
  ['POST', '/login/email', 'anybody', login.mailLink],
  ['POST', '/login/token', 'anybody', login.exchange],
  ['GET', '/login/session', 'anybody', login.session],
  ['POST', '/legal_documents/pandadoc', 'vendor', documents.hearPandaDoc],
  ['PUT', '/vercel/v1/installations/:installation', 'vendor', vercel.upsert],
  ['PATCH', '/vercel/v1/installations/:installation', 'vendor', vercel.update],
  ['GET', '/vercel/v1/installations/:installation', 'vendor', vercel.show],
  ['DELETE', '/vercel/v1/installations/:installation', 'vendor', vercel.remove],
  ['GET', '/invites/accept', 'anybody', invitation.show],
  ['POST', '/invites/accept', 'anybody', invitation.accept],
]

const accountRoutes: readonly AccountRoute[] = [
  ['GET', '/users/@me', 'any', account.me],
  ['GET', '/personal_api_keys', '*', account.listKeys],
  ['POST', '/personal_api_keys', '*', account.createKey],
  ['DELETE', '/personal_api_keys/:id', '*', account.removeKey],
  ['GET', '/organizations', 'organization:read', organizations.list],
  ['POST', '/organizations', 'organization:write', organizations.create],
]

const organizationRoutes: readonly OrganizationRoute[] = [
  ['GET', '', 'organization:read', 'member', organizations.show],
  ['PATCH', '', 'organization:write', 'admin', organizations.change],
  ['DELETE', '', 'organization:write', 'owner', organizations.remove],
  ['GET', '/projects', 'organization:read', 'member', organizations.listProjects],
  ['POST', '/projects', 'organization:write', 'admin', organizations.createProject],
  ['GET', '/audit_log', 'organization:read', 'admin', logs.auditLog],
  ['GET', '/integrations', 'organization_integration:read', 'member', integrations.list],
  ['POST', '/integrations', 'organization_integration:write', 'admin', integrations.link],
  ['GET', '/integrations/:id', 'organization_integration:read', 'member', integrations.show],
  ['DELETE', '/integrations/:id', 'organization_integration:write', 'admin', integrations.remove],
  [
    'PATCH',
    '/integrations/:id/environment-mapping',
    'organization_integration:write',
    'admin',
    integrations.mapEnvironments,
  ],
  ['GET', '/legal_documents', 'legal_document:read', 'admin', documents.list],
  ['POST', '/legal_documents', 'legal_document:write', 'admin', documents.create],
  ['GET', '/legal_documents/:id', 'legal_document:read', 'admin', documents.show],
  ['GET', '/legal_documents/:id/download', 'legal_document:read', 'admin', documents.download],
  ['GET', '/invites', 'organization_member:read', 'member', invites.list],
  ['POST', '/invites', 'organization_member:write', 'member', invites.create],
  ['POST', '/invites/bulk', 'organization_member:write', 'member', invites.createMany],
  ['POST', '/invites/delegate', 'organization_member:write', 'admin', invites.delegate],
  ['DELETE', '/invites/:id', 'organization_member:write', 'admin', invites.remove],
  ['GET', '/members', 'organization_member:read', 'member', members.list],
  ['PATCH', '/members/:user', 'organization_member:write', 'member', members.change],
  ['DELETE', '/members/:user', 'organization_member:write', 'member', members.remove],
  ['GET', '/domains', 'organization:read', 'member', domains.list],
  ['POST', '/domains', 'organization:write', 'admin', domains.create],
  ['GET', '/domains/:id', 'organization:read', 'member', domains.show],
  ['PATCH', '/domains/:id', 'organization:write', 'admin', domains.change],
  ['DELETE', '/domains/:id', 'organization:write', 'admin', domains.remove],
  ['POST', '/domains/:id/verify', 'organization:write', 'admin', domains.verify],
  ['POST', '/domains/:id/scim/token', 'organization:write', 'admin', domains.rotate],
  ['DELETE', '/domains/:id/scim/tokens/:token', 'organization:write', 'admin', domains.revoke],
  ['POST', '/domains/:id/saml/test', 'organization:write', 'admin', signIns.startTest],
  ['GET', '/domains/:id/saml/logs', 'organization:read', 'admin', signIns.samlLog],
  ['GET', '/domains/:id/scim/logs', 'organization:read', 'admin', logs.scimLog],
  ['GET', '/domains/:id/scim/groups', 'organization:read', 'admin', groups.list],
  ['PATCH', '/domains/:id/scim/groups/:group', 'organization:write', 'admin', groups.change],
  ['GET', '/domains/:id/scim/schemas', 'organization:read', 'admin', schemas.list],
  ['POST', '/domains/:id/scim/schemas', 'organization:write', 'admin', schemas.register],
  ['GET', '/domains/:id/scim/schemas/:urn', 'organization:read', 'admin', schemas.show],
  ['PUT', '/domains/:id/scim/schemas/:urn', 'organization:write', 'admin', schemas.change],
  ['DELETE', '/domains/:id/scim/schemas/:urn', 'organization:write', 'admin', schemas.remove],
]

export const apiRoutes: RouteTables = {
  open: openRoutes,
  account: accountRoutes,
  organization: organizationRoutes,
}

export const createApiApp = (ctx: Context): Hono<HttpEnv> => mountRoutes(ctx, apiRoutes)
