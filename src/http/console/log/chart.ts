// The SCIM log at a glance: bars for equal parts of the last day, or of the time that is filtered by.
import { html } from 'hono/html'
import type { Bucket, LogChart } from '../../../manage/domains/scim-log/chart.ts'
import type { Markup } from '../../look/page.ts'
import { state } from '../../look/words.ts'

const height = 60
const width = 10

export function chart({ buckets, from, to, lookedAt }: LogChart): Markup {
  const sum = (of: keyof Bucket) => buckets.reduce((total, bucket) => total + bucket[of], 0)
  const [ok, refused, failed] = [sum('ok'), sum('refused'), sum('failed')]
  const most = Math.max(1, ...buckets.map(bucket => bucket.ok + bucket.refused + bucket.failed))
  const words = `${ok} ok, ${refused} refused, ${failed} failed since ${from.toISOString()}`
  return html`<svg class="chart" viewBox="0 0 ${buckets.length * width} ${height}" preserveAspectRatio="none" role="img" aria-label="${words}">
<rect class="base" x="0" y="${height - 1}" width="${buckets.length * width}" height="1"/>
${buckets.map((bucket, at) => bar(bucket, at * width, height / most))}</svg>
<p class="legend">${state(ok > 0 ? 'good' : 'off', `${ok} ok`)}${state(refused > 0 ? 'warn' : 'off', `${refused} refused (4xx)`)}${state(failed > 0 ? 'bad' : 'off', `${failed} failed (5xx)`)}
<span class="soft push">${moment(from)} – ${moment(to)} UTC${lookedAt === undefined ? '' : `, of the newest ${lookedAt} requests`}</span></p>`
}

const moment = (time: Date): Markup => {
  const iso = time.toISOString()
  return html`<time datetime="${iso}">${iso.slice(5, 16).replace('T', ' ')}</time>`
}

function bar(bucket: Bucket, x: number, unit: number): Markup[] {
  let top = height
  return (['ok', 'refused', 'failed'] as const)
    .filter(kind => bucket[kind] > 0)
    .map(kind => {
      // Few failures among many others are seen all the same.
      const tall = Math.max(bucket[kind] * unit, 1.5)
      top -= tall
      return html`<rect class="${kind}" x="${x + 1}" y="${top.toFixed(1)}" width="${width - 2}" height="${tall.toFixed(1)}"/>`
    })
}
