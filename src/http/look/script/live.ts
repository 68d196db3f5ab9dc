// The live log: rows as they come, held while somebody reads, by the mouse or by the keyboard.

export const live = `
const live = document.querySelector('[data-live]')
if (live) {
  const body = document.querySelector('#log tbody')
  const news = document.querySelector('#news')
  let source
  let held = []
  let isHovered = false
  const show = () => {
    for (const { id, html } of held) {
      if (document.getElementById('row-' + id)) continue
      const made = document.createElement('template')
      made.innerHTML = html
      made.content.firstElementChild.classList.add('fresh')
      body.prepend(made.content)
    }
    for (const row of all('tr', body).slice(200)) row.remove()
    held = []
    document.querySelector('#nothing')?.remove()
    document.querySelector('#log').hidden = false
    news.hidden = true
    tick()
  }
  const receive = event => {
    held.push({ id: event.lastEventId, html: JSON.parse(event.data) })
    if (!isHovered && !body.contains(document.activeElement)) return show()
    news.textContent = held.length + ' new'
    news.hidden = false
  }
  const start = () => {
    const first = body.querySelector('tr')
    const after = first ? first.id.slice(4) : live.dataset.after
    source = new EventSource(live.dataset.live + (live.dataset.live.includes('?') ? '&' : '?') + 'since=' + after)
    source.addEventListener('row', receive)
    live.setAttribute('aria-pressed', 'true')
    live.textContent = 'Live: on'
  }
  const stop = () => {
    source.close()
    source = undefined
    live.setAttribute('aria-pressed', 'false')
    live.textContent = 'Live: off'
  }
  live.hidden = false
  live.addEventListener('click', () => (source ? stop() : start()))
  const leave = () => { if (held.length > 0) show() }
  body.addEventListener('mouseenter', () => { isHovered = true })
  body.addEventListener('mouseleave', () => { isHovered = false; leave() })
  body.addEventListener('focusout', event => { if (!body.contains(event.relatedTarget)) leave() })
  news.addEventListener('click', show)
  if (live.dataset.start === 'on') start()
}
`
