// What a page waits for: the first request of a directory, and a test sign-in that has gone off in a tab of its own.

export const waiting = `
for (const awaited of all('[data-await]')) {
  const wait = () => {
    const source = new EventSource(awaited.dataset.await)
    source.addEventListener('row', () => {
      source.close()
      awaited.className = 'state good'
      awaited.textContent = 'The first request has come. Open the SCIM log to see it.'
    })
    source.addEventListener('arrived', ({ data }) => {
      source.close()
      location.assign(data)
    })
  }
  const { after } = awaited.dataset
  if (!after) wait()
  else document.getElementById(after).addEventListener('click', () => {
    awaited.className = 'waiting'
    awaited.textContent = 'Waiting for the test sign-in to come back …'
    wait()
  }, { once: true })
}
`
