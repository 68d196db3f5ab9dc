// Which product a domain's identity provider seems to be, told from what the domain was given and from what it is pushed.
import { guessProvider, type Provider, providers } from '../../saml/explain/provider.ts'
import type { DomainObject } from './view.ts'

/** By its entity ID or sign-in URL, else by the dialect that its pushes are said to be in. */
export function guessIdentityProvider({
  saml_entity_id,
  saml_acs_url,
  scim_profile: profile,
}: Pick<DomainObject, 'saml_entity_id' | 'saml_acs_url' | 'scim_profile'>): Provider | undefined {
  const known = guessProvider([saml_entity_id, saml_acs_url])
  if (known) return known
  return profile === 'entra' ? 'entra_id' : providers.find(each => each === profile)
}
