// Our values for a domain, as its identity provider has to have them.
import type { DomainObject } from '../../../manage/domains/view.ts'
import type { OurValues } from '../../attempt/explained.ts'

export const oursOf = (domain: DomainObject): OurValues => ({
  entity_id: domain.saml_sp_entity_id,
  acs_url: domain.saml_sp_acs_url,
  metadata_url: domain.saml_sp_metadata_url,
  login_url: domain.saml_login_url,
})
