// The SCIM log as an administrator reads it, fetched over the API and set in columns.

export interface LogRow {
  readonly created_at: string
  readonly request_method: string
  readonly response_status: number
  readonly identity_provider: string
  readonly duration_ms: number
  readonly outcome: string
}

/** `api` is the domain's address in the Organizations API. Rows come oldest first, as they happened. */
export async function readLog(api: string, key: string): Promise<LogRow[]> {
  const response = await fetch(`${api}/scim/logs?page_size=100`, {
    headers: { Authorization: `Bearer ${key}` },
  })
  if (!response.ok) throw new Error(`the SCIM log answered ${response.status}: ${await response.text()}`)
  const page: { results: LogRow[] } = JSON.parse(await response.text())
  return page.results.reverse()
}

export function tableOf(rows: readonly LogRow[]): string {
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
