// Pages for people who are not in the console: one narrow column with one thing to do.

export const publicPages = `
body.public main { max-width: 40rem; padding-top: 2.5rem }
body.public h1 { margin-bottom: .8rem }
body.public main form :is(input:not([type=checkbox], [type=hidden]), select) { width: 100% }
body.public main form label { display: block; margin-bottom: .25rem }
.passed { color: var(--good) } .failed { color: var(--bad) } .faint { color: var(--soft) }
`
