// The console's one script: copying, the slash that searches, a choice that takes effect at once, and the live log.

export const script = `'use strict'
const all = (selector, within = document) => [...within.querySelectorAll(selector)]

for (const button of all('[data-copy]')) {
  button.hidden = false
  button.addEventListener('click', async () => {
    const source = document.getElementById(button.dataset.copy)
    try {
      await navigator.clipboard.writeText(source.textContent)
      button.textContent = 'Copied'
    } catch {
      getSelection().selectAllChildren(source)
      button.textContent = 'Press Ctrl+C'
    }
    setTimeout(() => { button.textContent = 'Copy' }, 2000)
  })
}

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

const tick = () => {
  for (const time of all('time[data-ago]')) {
    const seconds = Math.max(0, (Date.now() - Date.parse(time.dateTime)) / 1000)
    const [number, unit] = seconds < 60 ? [seconds, 's'] : seconds < 3600 ? [seconds / 60, 'min'] : seconds < 172800 ? [seconds / 3600, 'h'] : [seconds / 86400, 'days']
    time.textContent = Math.floor(number) + ' ' + unit + ' ago'
  }
}
setInterval(tick, 5000)

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
    if (!isHovered) return show()
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
  body.addEventListener('mouseenter', () => { isHovered = true })
  body.addEventListener('mouseleave', () => { isHovered = false; if (held.length > 0) show() })
  news.addEventListener('click', show)
  if (live.dataset.start === 'on') start()
}

const awaited = document.querySelector('[data-await]')
if (awaited) {
  const source = new EventSource(awaited.dataset.await)
  source.addEventListener('row', () => {
    source.close()
    awaited.className = 'state good'
    awaited.textContent = 'The first request has come. Open the SCIM log to see it.'
  })
}
`
