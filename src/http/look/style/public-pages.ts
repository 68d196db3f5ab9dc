// Pages for people who are not in the console: one card with one thing to do, or a wide one to read.

export const publicPages = `
body.public:not(.wide) main { overflow-wrap: anywhere; max-width: 35rem; padding-top: min(9vh, 5rem) }
body.public:not(.wide) main > section { padding: 1.6rem 1.8rem 1.7rem }
.public section > form + p { margin-top: 1rem }
.public form :is(input:not([type=checkbox], [type=hidden]), select) { display: block; width: 100%; padding: .5rem .7rem }
.public form label { display: block; margin-bottom: .3rem; font-weight: 500 } .public form label.choice { display: flex; gap: .75rem; align-items: baseline; font-weight: 400 }
.public button.main, .public .button.main { padding: .5rem 1.1rem }
.public [role=alert] { padding: .6rem .9rem; border-left: 3px solid var(--bad); background: var(--well); border-radius: .3rem }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1rem } .pair > p { margin-top: 0 }
.passed { color: var(--good) } .failed { color: var(--bad) } .not_reached, .faint { color: var(--soft) }
`
