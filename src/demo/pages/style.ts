// The provider's one style sheet and one script, both its own.

export const script = `addEventListener('DOMContentLoaded', () => document.forms[0].submit())\n`

export const style = `
:root {
  color-scheme: light dark;
  --ink: light-dark(#1d2530, #e6e9ee);
  --soft: light-dark(#5c6876, #9aa5b3);
  --paper: light-dark(#f6f7f9, #14181e);
  --card: light-dark(#fff, #1c222a);
  --line: light-dark(#dde2e8, #313a45);
  --accent: light-dark(#285ea8, #8db7f2);
  --on-accent: light-dark(#fff, #10151c);
  --good: light-dark(#1f6b45, #7fd3a6);
  --bad: light-dark(#a63232, #f19a9a);
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif }
header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; padding: .9rem 1.5rem; background: var(--card); border-bottom: 1px solid var(--line) }
header nav { display: flex; gap: 1rem; margin-left: auto }
header p { margin: 0; color: var(--soft); font-size: .875rem }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem }
main.narrow { max-width: 44rem }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25 }
h2 { margin: 0 0 .5rem; font-size: 1.05rem }
p { margin: 0 0 .75rem }
a { color: var(--accent) }
.soft { color: var(--soft) }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) 21rem; gap: 1.5rem; align-items: start }
@media (max-width: 62rem) { .columns { grid-template-columns: minmax(0, 1fr) } .columns > aside { order: -1 } }
section { margin-bottom: 1.5rem; padding: 1.1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem }
section > :last-child { margin-bottom: 0 }
.wide { overflow-x: auto }
table { width: 100%; border-collapse: collapse; font-size: .9rem }
th, td { padding: .45rem .75rem .45rem 0; text-align: left; vertical-align: middle; border-top: 1px solid var(--line) }
thead th { border-top: 0; color: var(--soft); font-weight: 500 }
td:last-child, th:last-child { padding-right: 0 }
td form { display: inline-flex; gap: .35rem }
td small, label small { display: block; color: var(--soft) }
tr.inactive td:first-child { text-decoration: line-through; text-decoration-color: var(--soft) }
tr.inactive small { display: inline-block }
.actions { white-space: nowrap; text-align: right }
button, select, input[type=text] { font: inherit; color: inherit; padding: .3rem .65rem; background: var(--card); border: 1px solid var(--line); border-radius: .35rem }
select { max-width: 100% }
button { cursor: pointer }
button:hover { border-color: var(--accent) }
button.main, a.main { display: inline-block; padding: .45rem 1rem; background: var(--accent); color: var(--on-accent); border: 1px solid transparent; border-radius: .35rem; font-weight: 500; text-decoration: none }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
fieldset { margin: 0 0 1rem; padding: 0; border: 0 }
legend { padding: 0; margin-bottom: .4rem; font-weight: 600 }
label { display: block; margin-bottom: .6rem }
label > select, label > input[type=text] { display: block; width: 100%; margin-top: .15rem }
label.choice { display: grid; grid-template-columns: 1.1rem 1fr auto; gap: .1rem .6rem; align-items: baseline; padding: .45rem .6rem; margin: 0 -.6rem; border-radius: .35rem }
label.choice:has(:checked) { background: color-mix(in srgb, var(--accent) 12%, transparent) }
label.choice small { grid-column: 2 / -1 }
@media (max-width: 36rem) { label.choice code { grid-column: 2 } }
code { font: .82rem ui-monospace, monospace; color: var(--soft); overflow-wrap: anywhere }
.tag { padding: .05rem .45rem; border: 1px solid currentColor; border-radius: 1rem; font-size: .75rem; white-space: nowrap }
.good { color: var(--good) }
.bad { color: var(--bad) }
ol.exchanges { margin: 0; padding: 0; list-style: none; max-height: 22rem; overflow-y: auto }
ol.exchanges li { padding: .2rem 0; font-size: .82rem; border-top: 1px solid var(--line) }
ol.exchanges li:first-child { border-top: 0 }
dl { display: grid; grid-template-columns: 5rem 1fr; gap: .15rem .75rem; margin: 0; font-size: .875rem }
dt { color: var(--soft) }
dd { margin: 0; overflow-wrap: anywhere }
`
