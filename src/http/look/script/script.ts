// The one script of all pages: each piece in a block of its own, over two functions that they share.
import { copying } from './copying.ts'
import { keyboard } from './keyboard.ts'
import { live } from './live.ts'

const shared = `
const all = (selector, within = document) => [...within.querySelectorAll(selector)]
const tick = () => {
  for (const time of all('time[data-ago]')) {
    const seconds = Math.max(0, (Date.now() - Date.parse(time.dateTime)) / 1000)
    const [number, unit] = seconds < 60 ? [seconds, 's'] : seconds < 3600 ? [seconds / 60, 'min'] : seconds < 172800 ? [seconds / 3600, 'h'] : [seconds / 86400, 'days']
    time.textContent = Math.floor(number) + ' ' + unit + ' ago'
  }
}
setInterval(tick, 5000)
`

export const script = `'use strict'
${shared}${[copying, keyboard, live].map(piece => `{${piece}}\n`).join('')}`
