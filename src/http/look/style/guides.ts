// Set-up guides: numbered steps, the fields of a form, and the drawing of the form beside them.

export const guides = `
.guide > li { margin: 0 0 1rem; padding-left: .2rem } .guide > li::marker { color: var(--soft); font-weight: 550 } .guide p { margin: 0 0 .5rem }
.their-form { display: grid; grid-template-columns: minmax(0, 1fr) 20rem; gap: .6rem 1.4rem; align-items: start; margin: 0 0 .7rem }
.their-form > ul { list-style: none; padding: 0; margin: 0; display: grid; gap: .55rem } .their-form > ul > li { display: grid; grid-template-columns: 1.9rem minmax(0, 1fr); gap: .6rem; margin: 0 } .their-form .value { margin-top: .2rem }
.their-form b { overflow-wrap: anywhere } .notice.without { border-color: var(--warn) }
.named { display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: center } .named .value { margin: 0; flex: 0 1 11rem; padding: .15rem .5rem }
b.mark { height: 1.4rem; border-radius: .7rem; display: grid; place-items: center; font-size: .75rem; background: var(--accent); color: var(--on-accent) } b.mark.back { background: var(--good) }
.drawing { width: 100%; max-width: 22rem; height: auto; display: block } .drawing text { font: 11.5px system-ui, sans-serif; fill: var(--ink) } .drawing .head { font-weight: 600 } .drawing .what { font: 11px var(--mono); fill: var(--accent) }
.drawing .card { fill: var(--paper); stroke: var(--line) } .drawing .box { fill: var(--card); stroke: var(--soft) } .drawing .button { fill: var(--card); stroke: var(--accent) } .drawing :is(.rule, .arrow, .check) { fill: none; stroke: var(--line) } .drawing .arrow { stroke: var(--soft) } .drawing .check { stroke: var(--accent); stroke-width: 2 }
.drawing .quiet { fill: var(--soft) } .drawing rect.quiet { fill: none; stroke: var(--line) } .drawing text.back { fill: var(--good) } .drawing .mark { fill: var(--accent) } .drawing .mark.back { fill: var(--good) } .drawing .number { fill: var(--on-accent); font-size: 10.5px; font-weight: 650; text-anchor: middle }
@media (max-width: 60rem) { .their-form { grid-template-columns: minmax(0, 1fr) } }
`
