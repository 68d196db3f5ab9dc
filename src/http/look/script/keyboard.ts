// The slash that searches, and choices that take effect at once.

export const keyboard = `
addEventListener('keydown', event => {
  const field = document.querySelector('input[type=search]')
  const isTyping = event.target.closest('input, select, textarea')
  if (event.key !== '/' || !field || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  field.focus()
  field.select()
})

for (const form of all('form[data-at-once]')) {
  form.addEventListener('change', event => { if (event.target.matches('select')) form.requestSubmit() })
}
`
