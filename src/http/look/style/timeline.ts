// A person's page: the verdict on top, the timeline beside the facts.

export const timeline = `
.answer { border-left: 3px solid var(--line) } .answer h2 { margin-bottom: .35rem; font-size: 1.3rem; line-height: 1.3; font-weight: 600 } .answer .state { white-space: normal } .answer h2 .state::before { width: .65rem; height: .65rem } .answer ul { padding-left: 1.1rem }
.answer.yes { border-left-color: var(--good) } .answer.maybe { border-left-color: var(--warn) } .answer.no { border-left-color: var(--bad) }
.beside { display: grid; grid-template-columns: minmax(0, 1fr) 23rem; gap: 1.1rem; align-items: start } .beside dl { grid-template-columns: 6.5rem minmax(0, 1fr) }
.timeline { list-style: none; margin: 0; padding: 0 } .timeline > li { position: relative; margin: 0; padding: 0 0 1rem 1.35rem } .timeline p { margin: 0 } .timeline details { margin: .2rem 0 0; font-size: .9rem } .timeline dl { margin: .3rem 0 0 }
.timeline > li::before { content: ""; position: absolute; left: .28rem; top: 1.1rem; bottom: -.45rem; border-left: 1px solid var(--line) } .timeline > li:last-child { padding-bottom: 0 } .timeline > li:last-child::before, .timeline .state::before { display: none }
.timeline > li::after { content: ""; position: absolute; left: 0; top: .45rem; width: .6rem; height: .6rem; border-radius: 50%; background: var(--mark, var(--soft)) }
.timeline .good { --mark: var(--good) } .timeline .warn { --mark: var(--warn) } .timeline .bad { --mark: var(--bad) } .timeline > li > * { color: var(--ink) } .timeline time { float: right; margin-left: 1rem; color: var(--soft); font-size: .84rem; white-space: nowrap } .timeline p a { text-decoration: none } .timeline p a:hover { text-decoration: underline } .timeline .what a { color: var(--ink); font-weight: 500 }
.plain { list-style: none; margin: 0; padding: 0 } .plain > li { padding: .5rem 0; border-top: 1px solid var(--line) } .plain > li:first-child { border-top: 0; padding-top: 0 }
@media (max-width: 60rem) { .beside { grid-template-columns: minmax(0, 1fr); gap: 0 } }
`
