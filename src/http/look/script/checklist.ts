// The checklist that turns green by itself.

export const checklist = `
const list = document.querySelector('[data-checklist]')
if (list) {
  new EventSource(list.dataset.checklist).addEventListener('row', event => {
    list.innerHTML = JSON.parse(event.data)
  })
}
`
