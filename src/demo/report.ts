// The logs as an administrator reads them, fetched over the API and set in columns.

interface ScimRow {
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
  readonly email: string | null
  readonly duration_ms: number
  readonly steps: readonly { readonly outcome: string }[]
}

/** `api` is the domain's address in the Organizations API. Rows come oldest first, as they happened. */
export const readScimLog = (api: string, key: string): Promise<ScimRow[]> =>
  readRows(`${api}/scim/logs?page_size=100`, key)

export const readSamlLog = (api: string, key: string): Promise<SignInRow[]> =>
  readRows(`${api}/saml/logs?page_size=100`, key)

async function readRows<Row>(url: string, key: string): Promise<Row[]> {
  const response = await fetch(url, { headers: { Authorization: `Bearer ${key}` } })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  const page: { results: Row[] } = JSON.parse(await response.text())
  return page.results.reverse()
}

export function tableOf(rows: readonly ScimRow[]): string {
  const lines = rows.map(row =>
    [
      row.created_at.slice(11, 23),
      row.identity_provider.padEnd(9),
      row.request_method.padEnd(6),
      String(row.response_status),
      `${row.duration_ms.toFixed(1)} ms`.padStart(9),
      ` ${row.outcome}`,
    ].join('  '),
  )
  return ['time          from       method  status     took   what happened', ...lines].join('\n')
}

export function signInLine({
  created_at,
  kind,
  outcome,
  code,
  email,
  steps,
  duration_ms,
}: SignInRow): string {
  const passed = steps.filter(step => step.outcome === 'passed').length
  return [
    created_at.slice(11, 23),
    kind === 'idp' ? 'unasked' : 'asked for',
    code ?? outcome,
    email ?? '',
    `${passed} checks passed`,
    `${duration_ms.toFixed(1)} ms`,
  ].join('  ')
}
