// The console's one style sheet: calm tables, one accent, dark where the system is, and rows as cards on a narrow screen.

export const style = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1b222c, #e4e8ee);
  --soft: light-dark(#566273, #9ba7b6);
  --paper: light-dark(#f5f6f8, #12161c);
  --card: light-dark(#fff, #1a2029);
  --well: light-dark(#eef0f4, #10141a);
  --line: light-dark(#dce1e8, #2f3844);
  --accent: light-dark(#2457a6, #8fb8f4);
  --on-accent: light-dark(#fff, #0f1520);
  --good: light-dark(#17663c, #7dd6a4);
  --warn: light-dark(#7a4d00, #f0c36b);
  --bad: light-dark(#a32a2a, #f39c9c);
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, monospace;
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif }
a { color: var(--accent); text-underline-offset: .15em }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.skip { position: absolute; left: -99rem } .skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .3rem .6rem }
body > header { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.25rem; padding: .65rem 1.5rem; background: var(--card); border-bottom: 1px solid var(--line) }
.brand { font-weight: 650; color: inherit; text-decoration: none }
body > header form { display: flex; gap: .4rem; align-items: center; margin: 0 }
body > header nav.row { margin: 0 }
body > header .who { margin-left: auto; display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; color: var(--soft); font-size: .875rem; min-width: 0; overflow-wrap: anywhere }
main { max-width: 82rem; margin: 0 auto; padding: 1.25rem 1.5rem 3rem }
.path { margin: 0 0 .35rem; font-size: .875rem; color: var(--soft) }
h1 { margin: 0 0 1rem; font-size: 1.45rem; line-height: 1.25; overflow-wrap: anywhere }
h2 { margin: 0 0 .6rem; font-size: 1.05rem } h3 { margin: 1rem 0 .4rem; font-size: .95rem }
p { margin: 0 0 .7rem }
.soft { color: var(--soft) } .small { font-size: .875rem }
.tabs { display: flex; gap: 1.25rem; margin: 0 0 1.1rem; border-bottom: 1px solid var(--line) }
.tabs a { padding: .35rem 0; text-decoration: none; color: var(--soft); border-bottom: 2px solid transparent }
.tabs a[aria-current] { color: var(--ink); border-color: var(--accent); font-weight: 550 }
section { margin: 0 0 1.1rem; padding: 1.05rem 1.2rem; background: var(--card); border: 1px solid var(--line); border-radius: .55rem; min-width: 0 }
section > :last-child { margin-bottom: 0 }
section.step { border-left: 3px solid var(--line) } section.step.done { border-left-color: var(--good) } section.step.now { border-left-color: var(--accent) }
.two { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.1rem } .two > section { margin: 0 } .two { margin-bottom: 1.1rem }
@media (max-width: 60rem) { .two { grid-template-columns: minmax(0, 1fr) } }
code, pre, .mono { font-family: var(--mono); font-size: .84em } code { overflow-wrap: anywhere }
pre { margin: 0 0 .7rem; padding: .7rem .8rem; background: var(--well); border-radius: .4rem; max-height: 26rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext }
bdi { overflow-wrap: anywhere }
table { width: 100%; border-collapse: collapse; font-size: .9rem }
th, td { padding: .45rem .8rem .45rem 0; text-align: left; vertical-align: baseline; border-top: 1px solid var(--line) }
thead th { border-top: 0; color: var(--soft); font-weight: 500; font-size: .82rem; white-space: nowrap }
td:last-child, th:last-child { padding-right: 0 }
tbody th { font-weight: 500 } #log a { text-decoration: none } #log a:hover { text-decoration: underline } #log th a { color: var(--ink) }
td.tight, th.tight { white-space: nowrap; width: 1% } td.number { text-align: right; font-variant-numeric: tabular-nums }
tbody tr.fresh { animation: fresh 2s ease-out } @keyframes fresh { from { background: color-mix(in srgb, var(--accent) 22%, transparent) } }
@media (prefers-reduced-motion: reduce) { tbody tr.fresh { animation: none } }
.state { display: inline-flex; align-items: baseline; gap: .4rem; white-space: nowrap } .state::before { content: ""; width: .5rem; height: .5rem; border-radius: 50%; background: currentColor; flex: none }
.good { color: var(--good) } .warn { color: var(--warn) } .bad { color: var(--bad) } .off { color: var(--soft) }
.notice { padding: .7rem .9rem; margin: 0 0 1.1rem; border-left: 3px solid var(--bad); background: var(--card); border-radius: .3rem } .notice.fine { border-color: var(--good) } .notice :last-child { margin-bottom: 0 }
button, select, input, textarea, .button { font: inherit; color: inherit; padding: .32rem .7rem; background: var(--card); border: 1px solid var(--line); border-radius: .38rem; max-width: 100% }
textarea { display: block; width: 100%; font: .84rem/1.4 var(--mono); resize: vertical }
input[type=checkbox], input[type=radio] { padding: 0 }
::placeholder { color: var(--soft); opacity: 1 }
button, .button { cursor: pointer; text-decoration: none; display: inline-block } button:hover, .button:hover { border-color: var(--accent) }
button.main { background: var(--accent); color: var(--on-accent); border-color: transparent; font-weight: 550 }
button.risky { color: var(--bad); border-color: currentColor }
button[aria-pressed=true] { border-color: var(--good); color: var(--good) }
button.copy { padding: .05rem .5rem; font-size: .8rem; flex: none }
.value { display: flex; gap: .6rem; align-items: center; padding: .4rem .6rem; background: var(--well); border-radius: .4rem } .value code { flex: 1; min-width: 0 }
dl { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); gap: .4rem 1rem; align-items: baseline; margin: 0 0 .7rem } dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere; min-width: 0 }
@media (max-width: 36rem) { dl { grid-template-columns: minmax(0, 1fr); gap: .1rem } dd { margin-bottom: .5rem } }
.filters { display: flex; flex-wrap: wrap; gap: .5rem .6rem; align-items: end; margin: 0 0 1rem } .filters label { font-size: .8rem; color: var(--soft) } .filters label > :is(input, select) { display: block; color: var(--ink); font-size: .9rem; margin-top: .1rem }
.filters .wide { flex: 1 1 14rem } .filters .wide input { width: 100% }
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
@media (max-width: 44rem) {
  body > header, main { padding-left: 1rem; padding-right: 1rem } body > header nav.row { margin: 0 }
body > header .who { margin-left: 0 }
  table.cards, .cards tbody { display: block } .cards thead { position: absolute; left: -99rem }
  .cards tr { display: flex; flex-wrap: wrap; gap: .1rem .8rem; padding: .6rem 0; border-top: 1px solid var(--line) } .cards tr:first-child { border-top: 0 }
  .cards td, .cards th[scope=row] { border: 0; padding: 0; width: auto; min-width: 0; max-width: 100% } .cards td.tight { width: auto } .cards .full { flex: 1 1 100% } .cards td[data-label]::before { content: attr(data-label) " "; color: var(--soft); font-size: .82rem }
  .filters label { flex: 1 1 40% } .filters label > :is(input, select) { width: 100% }
}
`
