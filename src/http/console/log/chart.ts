// The last 24 hours of the SCIM log as bars of half an hour: taken, refused, failed.
import { html } from 'hono/html'
import type { Day } from '../../../manage/domains/scim-log-view.ts'
import type { Markup } from '../../look/page.ts'
import { state } from '../../look/words.ts'

const height = 60
const width = 10

export function chart({ buckets, isShortened }: Day, now: Date): Markup {
  const sum = (of: 'ok' | 'refused' | 'failed') => buckets.reduce((total, bucket) => total + bucket[of], 0)
  const [ok, refused, failed] = [sum('ok'), sum('refused'), sum('failed')]
  const most = Math.max(1, ...buckets.map(bucket => bucket.ok + bucket.refused + bucket.failed))
  const words = `The last 24 hours: ${ok} ok, ${refused} refused, ${failed} failed`
  return html`<svg class="chart" viewBox="0 0 ${buckets.length * width} ${height}" preserveAspectRatio="none" role="img" aria-label="${words}">
<rect class="base" x="0" y="${height - 1}" width="${buckets.length * width}" height="1"/>
${buckets.map((bucket, at) => bar(bucket, at * width, height / most))}</svg>
<p class="legend"><span class="soft">Last 24 hours${isShortened ? `, the newest ${ok + refused + failed}` : ''}</span>
${state(ok > 0 ? 'good' : 'off', `${ok} ok`)}${state(refused > 0 ? 'warn' : 'off', `${refused} refused (4xx)`)}${state(failed > 0 ? 'bad' : 'off', `${failed} failed (5xx)`)}
<span class="soft push">until <time datetime="${now.toISOString()}">${now.toISOString().slice(11, 16)} UTC</time></span></p>`
}

function bar(bucket: Day['buckets'][number], x: number, unit: number): Markup[] {
  let top = height
  return (['ok', 'refused', 'failed'] as const)
    .filter(kind => bucket[kind] > 0)
    .map(kind => {
      const tall = bucket[kind] * unit
      top -= tall
      return html`<rect class="${kind}" x="${x + 1}" y="${top.toFixed(1)}" width="${width - 2}" height="${tall.toFixed(1)}"/>`
    })
}
