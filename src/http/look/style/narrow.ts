// Narrow screens: rows become cards, filters go two by two.

export const narrow = `
@media (max-width: 44rem) {
  body > header, main { padding-left: 1rem; padding-right: 1rem }
  body > header .who { margin-left: 0 }
  table.cards, .cards tbody { display: block } .cards thead { position: absolute; left: -99rem }
  .cards tr { display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .8rem; padding: .6rem 0; border-top: 1px solid var(--line) } .cards tr:first-child { border-top: 0 }
  .cards td, .cards th[scope=row] { border: 0; padding: 0; width: auto; min-width: 0; max-width: 100% } .cards td.tight { width: auto } .cards .full { flex: 1 1 100% } .cards td[data-label]::before { content: attr(data-label) " "; color: var(--soft); font-size: .82rem }
  .keys { display: none }
  .filters label { flex: 1 1 40% } .filters label > :is(input, select) { width: 100% }
}
`
