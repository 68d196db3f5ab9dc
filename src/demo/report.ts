// The logs in columns, for a terminal.
import type { ScimRow, SignInRow } from './logs.ts'

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
