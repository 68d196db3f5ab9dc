// Sections, steps, code and text within them.

export const content = `
.soft { color: var(--soft) } .small { font-size: .875rem }
.tabs { display: flex; gap: 1.25rem; margin: 0 0 1.1rem; border-bottom: 1px solid var(--line) }
.tabs a { padding: .35rem 0; text-decoration: none; color: var(--soft); border-bottom: 2px solid transparent }
.tabs a[aria-current] { color: var(--ink); border-color: var(--accent); font-weight: 550 }
section { margin: 0 0 1.1rem; padding: 1.05rem 1.2rem; background: var(--card); border: 1px solid var(--line); border-radius: .55rem; min-width: 0 }
section > :last-child, section > form > :last-child { margin-bottom: 0 }
section.step { border-left: 3px solid var(--line) } section.step.done { border-left-color: var(--good) } section.step.now { border-left-color: var(--accent) }
.two { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.1rem } .two > section { margin: 0 } .two { margin-bottom: 1.1rem }
@media (max-width: 60rem) { .two { grid-template-columns: minmax(0, 1fr) } }
code, pre, .mono { font-family: var(--mono); font-size: .84em } code { overflow-wrap: anywhere }
pre { margin: 0 0 .7rem; padding: .7rem .8rem; background: var(--well); border-radius: .4rem; max-height: 26rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext }
bdi { overflow-wrap: anywhere }
`
