// The whole server behind one door, and browsers that keep cookies as one site's would.
import { Hono } from 'hono'
import { createApp } from '../../../../src/http/app.ts'
import type { HttpEnv } from '../../../../src/http/request.ts'
import { Recorder } from '../../../../src/provision/log/recorder.ts'
import { judgeResponse } from '../../../../src/saml/verdict.ts'
import type { TestContext } from '../../../context.ts'
import { Browser } from '../../saml/world.ts'

export type Door = Hono<HttpEnv>

export function openDoor(ctx: TestContext): Door {
  const fetch = createApp(ctx, {
    lifecycle: { draining: false },
    recorder: new Recorder(ctx),
    judge: async input => judgeResponse(input),
    version: '0.0.0',
  })
  return new Hono<HttpEnv>().all('*', c => fetch(c.req.raw))
}

export const browserAt = (door: Door, ctx: TestContext): Browser => new Browser(door, ctx.config.baseUrl)
