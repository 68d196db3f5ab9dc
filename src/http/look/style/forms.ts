// Buttons, fields and rows of filters.

export const forms = `
button, select, input, textarea, .button { font: inherit; color: inherit; padding: .32rem .7rem; background: var(--card); border: 1px solid var(--line); border-radius: .38rem; max-width: 100% }
textarea { display: block; width: 100%; font: .84rem/1.4 var(--mono); resize: vertical }
input[type=checkbox], input[type=radio] { padding: 0 }
::placeholder { color: var(--soft); opacity: 1 }
button, .button { cursor: pointer; text-decoration: none; display: inline-block } button:hover, .button:hover { border-color: var(--accent) }
button.main, .button.main { background: var(--accent); color: var(--on-accent); border-color: transparent; font-weight: 550 }
button.risky { color: var(--bad); border-color: currentColor }
button[aria-pressed=true] { border-color: var(--good); color: var(--good) }
button.copy { padding: .05rem .5rem; font-size: .8rem; flex: none }
.filters { display: flex; flex-wrap: wrap; gap: .5rem .6rem; align-items: end; margin: 0 0 1rem } .filters label { font-size: .8rem; color: var(--soft) } .filters label > :is(input, select) { display: block; color: var(--ink); font-size: .9rem; margin-top: .1rem }
.filters select { max-width: 15rem } .filters .wide { flex: 1 1 14rem } .filters .wide input { width: 100% }
.filters :is(button, .button) { font-size: .9rem } .filters select { min-height: 2.12rem } kbd { font: .9em/1 var(--mono) }
fieldset { border: 0; margin: 0 0 .7rem; padding: 0 } legend { padding: 0; font-size: .8rem; color: var(--soft) }
.scopes { width: auto } .scopes th { font-weight: 400 } .scopes :is(td, thead th + th) { text-align: center; padding: .3rem 1rem } .nobreak { white-space: nowrap }
`
