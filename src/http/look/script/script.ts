// The one script of all pages: each piece in a block of its own, over two functions that they share.
import { checklist } from './checklist.ts'
import { copying } from './copying.ts'
import { keyboard } from './keyboard.ts'
import { live } from './live.ts'
import { sending } from './sending.ts'
import { waiting } from './waiting.ts'

const shared = `
const all = (selector, within = document) => [...within.querySelectorAll(selector)]
const span = ms => {
  const seconds = Math.max(0, ms / 1000)
  const [number, unit] = seconds < 60 ? [seconds, 's'] : seconds < 3600 ? [seconds / 60, 'min'] : seconds < 172800 ? [seconds / 3600, 'h'] : [seconds / 86400, 'days']
  return Math.floor(number) + ' ' + unit
}
const tick = () => {
  for (const time of all('time[data-ago]')) time.textContent = span(Date.now() - Date.parse(time.dateTime)) + ' ago'
  for (const time of all('time[data-left]')) time.textContent = 'in ' + span(Date.parse(time.dateTime) - Date.now())
}
setInterval(tick, 5000)
`

export const script = `'use strict'
${shared}${[copying, keyboard, sending, live, waiting, checklist].map(piece => `{${piece}}\n`).join('')}`
