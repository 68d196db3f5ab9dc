// The slash that searches, j and k that go from row to row of a log, and choices that take effect at once.

export const keyboard = `
const search = field => {
  field?.focus()
  field?.select()
  return field
}
const go = step => {
  const links = all('#log tbody th a')
  const at = links.findIndex(link => link.closest('tr').contains(document.activeElement))
  const next = links[Math.max(0, at + step)]
  next?.focus()
  return next
}
const keys = {
  '/': () => search(document.querySelector('input[type=search]')),
  j: () => go(1),
  k: () => go(-1),
}
addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea')) return
  if (Object.hasOwn(keys, event.key) && keys[event.key]()) event.preventDefault()
})
for (const hint of all('[data-keys]')) hint.hidden = false

for (const form of all('form[data-at-once]')) {
  form.addEventListener('change', event => { if (event.target.matches('select')) form.requestSubmit() })
}
`
