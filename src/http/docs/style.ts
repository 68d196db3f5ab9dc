// How the page of the document looks, after the style of every page.

export const style = `
:root { --get: var(--accent); --post: var(--good); --put: var(--warn); --patch: var(--warn); --delete: var(--bad) }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem } h3 { font-size: .85rem; margin: 1.25rem 0 .25rem; text-transform: uppercase; letter-spacing: .04em; color: var(--soft) }
abbr { color: var(--bad); text-decoration: none }
.frame { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 2.5rem }
main nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; box-sizing: border-box; padding: .5rem .5rem 2rem 0; font-size: .85rem }
main nav p { margin: .75rem 0 .1rem; font-weight: 600 } nav ul { list-style: none; margin: 0; padding: 0 } nav li { margin: .05rem 0 }
nav a { text-decoration: none; overflow-wrap: anywhere } nav li a { color: inherit }
nav a:hover, nav a:focus-visible { text-decoration: underline }
section { scroll-margin-top: 1rem }
details { border: 1px solid var(--line); border-radius: 8px; margin: .4rem 0 } details[open] { background: var(--well) }
summary { cursor: pointer; padding: .5rem .75rem; display: flex; flex-wrap: wrap; gap: .25rem .6rem; align-items: baseline }
summary .summary { flex: 1 1 14rem; text-align: right; font-size: .9rem }
.unfolded { padding: 0 .75rem .75rem; scroll-margin-top: 4rem; font-size: .92rem } .unfolded:target { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 6px }
.method { font: 600 .7rem ui-monospace, monospace; min-width: 3.4rem; display: inline-block }
nav .method { min-width: 3rem; font-size: .62rem }
.get { color: var(--get) } .post { color: var(--post) } .put { color: var(--put) } .patch { color: var(--patch) } .delete { color: var(--delete) }
.path { font-weight: 600 } .answer { margin: .35rem 0 } .answer > strong { display: inline-block; min-width: 3.2rem }
td { padding: .3rem .5rem .3rem 0; font-size: .88rem } td:first-child { width: 30% } td:nth-child(2) { width: 32% }
.in1 { padding-left: 1.25rem } .in2 { padding-left: 2.5rem } .in3 { padding-left: 3.75rem } .in4 { padding-left: 5rem }
@media (max-width: 56rem) { .frame { display: block } main nav { position: static; max-height: 16rem; border: 1px solid var(--line); border-radius: 8px; padding: .25rem .75rem } summary .summary { text-align: left } }`
