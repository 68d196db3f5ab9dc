// The two sides of the demo, each told of the other: a domain with SAML and SCIM, and an identity provider beside the server.
import { Directory } from '../demo/directory.ts'
import type { Application, Identity } from '../demo/provider.ts'
import { type RunningProvider, startProvider } from '../demo/server.ts'
import { addDomain } from '../manage/domains/claim.ts'
import { enterAsOperator } from '../manage/operators/command-line.ts'
import { bootstrap } from '../manage/organizations/bootstrap.ts'
import type { RunningServer } from './server.ts'

export const company = 'acme.test'
export const owner = `owner@${company}`

export async function setUpDemo({ ctx }: RunningServer): Promise<RunningProvider> {
  const { organization_id, api_key } = await bootstrap(ctx, { organization: 'Acme', owner })
  const operator = await enterAsOperator(ctx, organization_id)
  const domains = `${ctx.config.baseUrl}/api/organizations/${organization_id}/domains`

  const connect = async (identity: Identity): Promise<Application> => {
    const domain = await addDomain(ctx, operator, {
      name: company,
      verified: true,
      scim: true,
      samlEntityId: identity.entityId,
      samlSsoUrl: identity.ssoUrl,
      samlCert: identity.credentials.own.certificate,
      idpInitiated: true,
    })
    const { scim_base_url: baseUrl, scim_bearer_token: token } = domain
    if (baseUrl === null || token === null) throw new Error('the domain came without a SCIM token')
    return {
      serviceProvider: { entityId: domain.saml_sp_entity_id, acsUrl: domain.saml_sp_acs_url },
      loginUrl: domain.saml_login_url,
      scim: { baseUrl, token },
      logs: { api: `${domains}/${domain.id}`, apiKey: api_key },
    }
  }
  return startProvider({ directory: new Directory(company), now: ctx.now, connect })
}
