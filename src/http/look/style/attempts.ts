// Sign-ins: the checks one under the other, expected over got, and documents to fold.

export const attempts = `
.compared { grid-template-columns: 5.5rem minmax(0, 1fr); padding: .7rem .9rem; background: var(--well); border-radius: .4rem; border-left: 3px solid var(--bad) } .compared code { font-size: .9em }
mark { background: color-mix(in srgb, var(--bad) 22%, transparent); color: inherit; border-radius: .2rem; box-shadow: 0 0 0 1px color-mix(in srgb, var(--bad) 45%, transparent) }
.checks td { font-size: .95em } .checks td[colspan], .checks td.full { width: 32% } .checks .is-far > * { color: var(--soft) } .checks .is-far th { font-weight: 400 }
.checks .is-failed { background: color-mix(in srgb, var(--bad) 9%, transparent); box-shadow: inset 3px 0 var(--bad) } .checks .is-failed th { padding-left: .7rem }
@media (max-width: 44rem) { .checks .full { order: 1 } .checks .number { margin-left: auto } .checks .is-failed { padding-inline: .7rem } .checks .is-failed th { padding: 0 } }
.xml { font: .8rem/1.55 var(--mono); padding: .7rem .8rem; background: var(--well); border-radius: .4rem; max-height: 34rem; overflow: auto; overflow-wrap: anywhere; unicode-bidi: plaintext } .xml p { margin: 0; padding-left: 1rem; text-indent: -1rem } .xml > p { padding-left: 2rem }
.xml details { margin: 0; padding-left: 1rem } .xml summary { color: inherit; margin: 0 0 0 -1rem; padding-left: 1rem; text-indent: -1rem } .xml details[open] > summary { margin-bottom: 0 } .xml details > p { margin-left: 1rem } .xml details > p:last-child { margin-left: 0; color: var(--soft) } .xml b { font-weight: 600 }
`
