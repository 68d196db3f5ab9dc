// The way through the steps of a domain, choices, and the fields of longer forms.

export const steps = `
.way { display: flex; flex-wrap: wrap; gap: .3rem; list-style: none; padding: 0; margin: 0 0 1.1rem; counter-reset: step }
.way li { flex: 1 1 8rem; margin: 0; padding: .35rem .7rem; background: var(--card); border: 1px solid var(--line); border-top: 3px solid var(--line); border-radius: .4rem; counter-increment: step; font-size: .92rem; color: var(--soft) } .way li::before { content: counter(step) " " }
.way li span { float: right; font-size: .82rem } .way a { color: var(--ink); text-decoration: none; font-weight: 550 } .way a:hover { text-decoration: underline }
.way .done { border-top-color: var(--good) } .way .done span { color: var(--good) } .way .now { border-top-color: var(--accent) } .way .now span { color: var(--accent) }
.choice { display: flex; flex-wrap: wrap; gap: .35rem; margin: 0 0 .9rem } .choice a { padding: .2rem .7rem; border: 1px solid var(--line); border-radius: 1rem; text-decoration: none; color: var(--ink); font-size: .9rem } .choice a:hover { border-color: var(--accent) } .choice a[aria-current] { background: var(--accent); border-color: transparent; color: var(--on-accent) }
.fields { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .2rem 1.1rem } .fields .full { grid-column: 1 / -1 } .fields label { display: block; font-size: .875rem; color: var(--soft); margin-bottom: .15rem } .fields input { width: 100% }
.check input { margin-right: .5rem } .check .soft { display: block; margin-left: 1.35rem }
.step table { margin-bottom: .7rem } .step form + details { margin-top: .7rem }
.cautions { list-style: none; padding: 0 } .cautions li { border-left: 3px solid currentColor; padding: .1rem 0 .1rem .7rem; margin: .4rem 0 } .cautions span { color: var(--ink) }
@media (max-width: 44rem) { .fields { grid-template-columns: minmax(0, 1fr) } }
`
