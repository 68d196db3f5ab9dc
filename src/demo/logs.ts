// The logs of a domain as its administrator reads them, over the API.

/** Where they are, and the key of somebody who may read them. */
export interface LogAccess {
  /** The domain's address in the Organizations API. */
  readonly api: string
  readonly apiKey: string
}

export interface ScimRow {
  readonly created_at: string
  readonly request_method: string
  readonly response_status: number
  readonly identity_provider: string
  readonly duration_ms: number
  readonly outcome: string
}

/** A sign-in, or what came of one. */
export interface SignInRow {
  readonly created_at: string
  readonly kind: 'sp' | 'idp' | 'test'
  readonly outcome: 'accepted' | 'refused'
  readonly code: string | null
  /** Who must change what, where; null when nobody must. */
  readonly advice: string | null
  readonly email: string | null
  readonly duration_ms: number
  readonly steps: readonly Step[]
}

interface Step {
  readonly name: string
  readonly outcome: 'passed' | 'failed' | 'not_reached'
  readonly expected: string | null
  readonly got: string | null
}

/** The newest hundred, oldest first, as they happened. */
export const readScimLog = (access: LogAccess): Promise<ScimRow[]> => readRows(access, 'scim/logs')
export const readSamlLog = (access: LogAccess): Promise<SignInRow[]> => readRows(access, 'saml/logs')

async function readRows<Row>({ api, apiKey }: LogAccess, path: string): Promise<Row[]> {
  const url = `${api}/${path}?page_size=100`
  const response = await fetch(url, { headers: { Authorization: `Bearer ${apiKey}` } })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  const page: { results: Row[] } = JSON.parse(await response.text())
  return page.results.reverse()
}
