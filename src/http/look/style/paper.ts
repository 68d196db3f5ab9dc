// The text of an agreement.

export const paper = `
.paper { background: var(--well); border-radius: .5rem; padding: .5rem 2rem 1.5rem; margin: 1rem 0 1.5rem; max-height: 30rem; overflow: auto }
.paper h2 { font-size: 1.2rem; margin-top: 1rem } .paper h3 { font-size: 1rem; margin: 1.5rem 0 .25rem } .paper h4 { font-size: 1rem; margin: 1rem 0 .25rem }
.paper ul { list-style: none; padding: 0 } .paper li { display: flex; gap: .75rem; margin: .4rem 0 }
@media (max-width: 44rem) { .paper { padding: .25rem 1rem 1rem } }
`
