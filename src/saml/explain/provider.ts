// Which product a domain's identity provider is, by its entity ID or the address that it is reached at.

const names = {
  okta: 'Okta',
  entra_id: 'Entra ID',
  google: 'Google',
  onelogin: 'OneLogin',
  jumpcloud: 'JumpCloud',
  ping: 'Ping',
  adfs: 'AD FS',
  keycloak: 'Keycloak',
} as const

export type Provider = keyof typeof names

export const providers = Object.keys(names) as readonly Provider[]

export const nameOfProvider = (provider: Provider): string => names[provider]

/** What is in their addresses and in those of no other. */
const signs: readonly (readonly [RegExp, Provider])[] = [
  [/^https?:\/\/(?:www\.okta\.com\/|[\w.-]+\.okta(?:preview|-emea|-gov)?\.com\/)/, 'okta'],
  [
    /^https:\/\/(?:sts\.windows\.net|sts\.chinacloudapi\.cn|login\.microsoftonline\.(?:com|us))\//,
    'entra_id',
  ],
  [/^https:\/\/accounts\.google\.com\/o\/saml2/, 'google'],
  [/^https:\/\/[\w.-]+\.onelogin\.(?:com|eu)\//, 'onelogin'],
  [/^https:\/\/(?:sso|[\w.-]+)\.jumpcloud\.com\//, 'jumpcloud'],
  [/^https:\/\/[\w.-]+\.(?:pingone|pingidentity)\.(?:com|eu|ca|asia|com\.au)\/|\/idp\/SSO\.saml2$/, 'ping'],
  [/\/adfs\/(?:services\/trust|ls)/, 'adfs'],
  [/\/realms\/[^/]+(?:$|\/protocol\/saml)/, 'keycloak'],
]

/** Undefined for a product of nobody we know; `addresses`: its entity ID and its sign-on URL, where they are set. */
export function guessProvider(addresses: readonly (string | null)[]): Provider | undefined {
  const known = addresses.filter(address => address !== null)
  return signs.find(([sign]) => known.some(address => sign.test(address)))?.[1]
}
