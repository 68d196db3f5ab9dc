// States, notices, values to copy, lists, the chart and what waits.

export const pieces = `
.state { display: inline-flex; align-items: baseline; gap: .4rem; white-space: nowrap } .state::before { content: ""; width: .5rem; height: .5rem; border-radius: 50%; background: currentColor; flex: none }
.good { color: var(--good) } .warn { color: var(--warn) } .bad { color: var(--bad) } .off { color: var(--soft) }
.notice { padding: .7rem .9rem; margin: 0 0 1.1rem; border-left: 3px solid var(--bad); background: var(--card); border-radius: .3rem } .notice.fine { border-color: var(--good) } .notice :last-child { margin-bottom: 0 }
.value { display: flex; gap: .6rem; align-items: center; padding: .4rem .6rem; background: var(--well); border-radius: .4rem } .value code { flex: 1; min-width: 0 }
dl { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); gap: .4rem 1rem; align-items: baseline; margin: 0 0 .7rem } dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere; min-width: 0 }
@media (max-width: 36rem) { dl { grid-template-columns: minmax(0, 1fr); gap: .1rem } dd { margin-bottom: .5rem } }
.row { display: flex; flex-wrap: wrap; gap: .5rem .8rem; align-items: center; margin: 0 0 .7rem } .row > :is(form, h2) { margin: 0 } .push { margin-left: auto }
.chart { display: block; width: 100%; height: 3.5rem } .chart .ok { fill: var(--good) } .chart .refused { fill: var(--warn) } .chart .failed { fill: var(--bad) } .chart .base { fill: var(--line) }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: .35rem 0 0; font-size: .84rem }
details { margin: 0 0 .7rem } summary { cursor: pointer; color: var(--accent) } details[open] > summary { margin-bottom: .5rem }
ol, ul { margin: 0 0 .7rem; padding-left: 1.3rem } li { margin: .15rem 0 }
.verdict { display: flex; flex-wrap: wrap; gap: .3rem .8rem; align-items: baseline; font-size: 1.05rem; font-weight: 550 }
.empty { padding: 1.5rem 0; text-align: center; color: var(--soft) }
.waiting::after { content: ""; display: inline-block; width: .55em; height: .55em; margin-left: .5em; border-radius: 50%; background: var(--warn); animation: pulse 1.6s infinite } @keyframes pulse { 50% { opacity: .25 } }
@media (prefers-reduced-motion: reduce) { .waiting::after { animation: none } }
[hidden] { display: none !important }
`
