// Tables, rows that have just come, numbers.

export const tables = `
table { width: 100%; border-collapse: collapse; font-size: .9rem }
th, td { padding: .45rem .8rem .45rem 0; text-align: left; vertical-align: baseline; border-top: 1px solid var(--line) }
thead th { border-top: 0; color: var(--soft); font-weight: 500; font-size: .82rem; white-space: nowrap }
td:last-child, th:last-child { padding-right: 0 } table + .row { margin-top: .6rem }
tbody th { font-weight: 500 } #log a { text-decoration: none } #log a:hover { text-decoration: underline } #log th a { color: var(--ink) }
#log tr:has(:focus-visible) { background: var(--well) }
td.tight, th.tight { white-space: nowrap; width: 1% } :is(td, th).number { text-align: right; font-variant-numeric: tabular-nums }
tbody tr.fresh { animation: fresh 2s ease-out } @keyframes fresh { from { background: color-mix(in srgb, var(--accent) 22%, transparent) } }
td > details { margin: 0 } td > details:not([open]) > summary:not(:hover) { color: var(--soft) }
.quiet a { color: inherit; text-decoration: none } .quiet a:is(:hover, .shown) { text-decoration: underline } .roomy { min-width: 11rem }
@media (prefers-reduced-motion: reduce) { tbody tr.fresh { animation: none } }
`
