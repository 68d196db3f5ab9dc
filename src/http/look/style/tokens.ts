// Tokens as cards, beside each other where there is room.

export const tokens = `
.tokens { list-style: none; margin: 0 0 .9rem; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(24rem, 100%), 1fr)); gap: .8rem }
.tokens > li { display: flex; flex-direction: column; margin: 0; padding: .8rem .95rem; background: var(--paper); border: 1px solid var(--line); border-radius: .45rem } .tokens strong { font-size: 1rem }
.tokens .row { margin: 0 0 .5rem } .tokens .row:last-child { margin: auto 0 0 } .tokens dd { margin: 0 } .tokens dl { grid-template-columns: 5.5rem minmax(0, 1fr); gap: .25rem .8rem; margin-bottom: .6rem }
`
