// All surfaces behind one door: the first part of the path says which of them a request is for.

import type { Context } from '../context.ts'
import type { Judge } from '../login/saml/judge.ts'
import type { Recorder } from '../provision/log/recorder.ts'
import { createApiApp } from './api/app.ts'
import { createConsoleApp } from './console/app.ts'
import { consolePaths } from './console/routes.ts'
import { createDocsApp, docsPaths } from './docs/app.ts'
import { createFilesApp } from './files/app.ts'
import { createFirstRunApp } from './first-run/app.ts'
import type { Lifecycle } from './lifecycle.ts'
import { createAssetsApp } from './look/assets.ts'
import { createOpsApp } from './ops/app.ts'
import { createSignInApp, signInPaths } from './saml/app.ts'
import { createScimApp } from './scim/app.ts'
import { createSetUpApp } from './set-up/app.ts'
import { createSignApp } from './sign/app.ts'

export type Fetch = (request: Request, env?: object) => Response | Promise<Response>

export interface Door {
  readonly lifecycle: Lifecycle
  readonly recorder: Recorder
  readonly judge: Judge
  readonly version: string
}

export function createApp(ctx: Context, { lifecycle, recorder, judge, version }: Door): Fetch {
  const scim = createScimApp(ctx, recorder)
  const api = createApiApp(ctx)
  const sign = createSignApp(ctx)
  const files = createFilesApp(ctx)
  const signIn = createSignInApp(ctx, judge)
  const firstRun = createFirstRunApp(ctx)
  const docs = createDocsApp(ctx, version)
  const assets = createAssetsApp(ctx)
  const pages = createConsoleApp(ctx, lifecycle)
  const setUp = createSetUpApp(ctx, lifecycle)
  const ops = createOpsApp(ctx, lifecycle, version)
  const surfaceOf = (path: string) => {
    if (path === 'scim') return scim
    if (path === 'api') return api
    if (path === 'sign') return sign
    if (path === 'set-up') return setUp
    if (path === 'files') return files
    if (path === 'assets') return assets
    if (path === 'first-run') return firstRun
    if (docsPaths.has(path)) return docs
    if (consolePaths.has(path)) return pages
    return signInPaths.has(path) ? signIn : ops
  }
  return async (request, env) => {
    const response = await surfaceOf(firstPart(request.url)).fetch(request, env)
    if (lifecycle.draining) response.headers.set('Connection', 'close')
    return response
  }
}

/**
 * `scim` of `http://host/scim/v2/…`; cheaper than parsing the URL a second time. Of several slashes all but one are too
 * many: a client puts them there that joins a base URL and a path without a look at either.
 */
function firstPart(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2)
  return /^\/*([^/?#]*)/.exec(url.slice(start))?.[1] ?? ''
}
