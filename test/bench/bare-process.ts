// The measuring rod: a Hono server that answers one constant, in a process of its own.

import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const app = new Hono().get('/*', c => c.json({ ok: true }))
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
  process.stdout.write(`bare Hono listens on http://127.0.0.1:${port}\n`)
})
