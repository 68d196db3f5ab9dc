// A form is sent once, however often its button is pressed: what is shown once would be in the answer that nobody sees.

export const sending = `
const sent = new WeakSet()
addEventListener('submit', event => {
  const form = event.target
  if (form.method !== 'post') return
  if (sent.has(form)) event.preventDefault()
  sent.add(form)
  setTimeout(() => sent.delete(form), 5000)
})
addEventListener('pageshow', () => { for (const form of document.forms) sent.delete(form) })
`
