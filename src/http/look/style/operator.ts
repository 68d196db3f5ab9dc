// The checklist of a new organization, and what an operator sees above the pages of somebody else's.

export const operator = `
.checklist { list-style: none; padding: 0; margin-bottom: 0 } .checklist li { display: grid; grid-template-columns: 18.5rem minmax(0, 1fr); gap: .1rem 1.2rem; align-items: baseline; margin: 0; padding: .5rem 0; border-top: 1px solid var(--line) }
.checklist li:first-child { border: 0 } .checklist .state { min-width: 4.2rem } .checklist .done strong { font-weight: 500 } .checklist form { display: inline-block; margin: .2rem 0 .1rem .3rem }
.operating { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; align-items: center; padding: .5rem 1.5rem; color: var(--warn); background: color-mix(in srgb, var(--warn) 9%, var(--card)); border-bottom: 1px solid currentColor } .operating p { margin: 0 } .operating form { margin: 0 0 0 auto }
#outbox td :is(.row, details, form, p:last-child) { margin-bottom: 0 } #outbox .row { align-items: baseline } #dns-name { flex: 0 1 22rem; min-width: 0 } #self-tests dd > :last-child { margin-bottom: .5rem }
@media (max-width: 44rem) { .checklist li { grid-template-columns: minmax(0, 1fr) } .operating { padding: .5rem 1rem } .operating form { margin: 0 } }
`
