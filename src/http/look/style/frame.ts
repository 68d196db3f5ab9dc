// The colours of light and dark, the header and the headings.

export const frame = `
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
body > header form { display: flex; gap: .4rem; align-items: center; margin: 0; min-width: 0 } body > header select { min-width: 0; max-width: 20rem }
body > header nav.sections { flex: 1 1 100%; display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; margin: .1rem 0 -.65rem; font-size: .92rem }
nav.sections a { padding: .3rem 0 .45rem; color: var(--soft); text-decoration: none; border-bottom: 2px solid transparent }
nav.sections a:hover { color: var(--ink) } nav.sections a[aria-current] { color: var(--ink); border-color: var(--accent); font-weight: 550 }
body > header .who { margin-left: auto; display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; color: var(--soft); font-size: .875rem; min-width: 0; overflow-wrap: anywhere }
main { max-width: 82rem; margin: 0 auto; padding: 1.25rem 1.5rem 3rem }
.path { margin: 0 0 .35rem; font-size: .875rem; color: var(--soft) }
h1 { margin: 0 0 1rem; font-size: 1.45rem; line-height: 1.25; overflow-wrap: anywhere }
h2 { margin: 0 0 .6rem; font-size: 1.05rem } h3 { margin: 1rem 0 .4rem; font-size: .95rem }
p { margin: 0 0 .7rem }
`
