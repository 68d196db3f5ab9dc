// Entries of the SCIM log: what to change where, and what was before and is after.

export const requests = `
.mending, .beside .mending { grid-template-columns: 9.5rem minmax(0, 1fr); margin: .9rem 0 .7rem; gap: .65rem 1rem } .mending ol { margin: 0 } .mending p { margin: .4rem 0 0 }
.mending .where { padding: .5rem .75rem; background: var(--well); border-radius: .4rem } .mending .where strong { font-weight: 650; font-size: 1.05em }
.compare { table-layout: fixed } .compare th:first-child { width: 24% } .compare tbody th { font-weight: 400 } h2 + h3 { margin-top: 0 } textarea + p { margin-top: .7rem }
del, ins { display: inline-block; padding: .05rem .35rem; border-radius: .25rem; text-decoration: none } del { background: color-mix(in srgb, var(--bad) 15%, transparent) } ins { background: color-mix(in srgb, var(--good) 16%, transparent) }
@media (max-width: 36rem) { .mending, .beside .mending { grid-template-columns: minmax(0, 1fr); gap: .1rem } }
`
