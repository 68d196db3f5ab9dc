// The routes of the resources of one kind, mounted the same way for every kind.
import type { Kind } from '../../provision/kind.ts'
import { matchesTag } from '../../provision/precondition.ts'
import {
  createResource,
  deleteResource,
  patchResource,
  readOneResource,
  replaceResource,
} from '../../provision/resource.ts'
import type { Shown } from '../../provision/show.ts'
import { readJson } from './body.ts'
import type { Admitted } from './call.ts'
import { emptyReply, type Reply } from './reply.ts'
import type { Route } from './route.ts'

export function resourceRoutes(kind: Kind): Route[] {
  const { endpoint, name } = kind.type
  const about = name.toLowerCase()
  const all = { path: endpoint, resourceType: name, access: 'token' } as const
  const one = { path: `${endpoint}/{id}`, resourceType: name, access: 'token' } as const
  return [
    { ...all, method: 'POST', wish: `create the ${about}`, handle: create(kind) },
    { ...one, method: 'GET', wish: `read the ${about}`, handle: read(kind) },
    { ...one, method: 'PUT', wish: `replace the ${about}`, handle: replace(kind) },
    { ...one, method: 'PATCH', wish: `change the ${about}`, handle: patch(kind) },
    { ...one, method: 'DELETE', wish: `delete the ${about}`, handle: remove(kind) },
  ]
}

type HandlerFor = (kind: Kind) => (call: Admitted, id: string) => Promise<Reply>

const create: HandlerFor = kind => async call => {
  const { ctx, push, params } = call
  const body = await readJson(call)
  const shown = await createResource(ctx, push, { kind, body, params })
  return replyOf(201, shown, { ...tagOf(shown), Location: shown.location })
}

const read: HandlerFor = kind => async (call, id) => {
  const { ctx, push, params, sent } = call
  const tags = sent.header('if-none-match')
  const isKnown = (version: number) => tags !== undefined && matchesTag(tags, version)
  const shown = await readOneResource(ctx, push, { kind, id, params, isKnown })
  return shown.text === null ? emptyReply(304, tagOf(shown)) : replyOf(200, shown, located(shown))
}

const replace: HandlerFor = kind => async (call, id) => {
  const { ctx, push, params } = call
  const body = await readJson(call)
  const shown = await replaceResource(ctx, push, { kind, id, ifMatch: ifMatchOf(call), body, params })
  return replyOf(200, shown, located(shown))
}

const patch: HandlerFor = kind => async (call, id) => {
  const { ctx, push, params, sent } = call
  const body = await readJson(call)
  const preferred = /(?:^|[,\s])return\s*=\s*"?(minimal|representation)/i.exec(
    sent.header('prefer') ?? '',
  )?.[1]
  // RFC 7644 §3.5.2: whoever asks for attributes gets them.
  const isAsked = [...params.keys()].some(name => /^(excluded)?attributes$/i.test(name))
  const isSilent = !isAsked && (preferred ? /^minimal$/i.test(preferred) : kind.patchAnswer === 'nothing')
  const applied = preferred && !isAsked ? { 'Preference-Applied': `return=${preferred.toLowerCase()}` } : {}
  const target = { kind, id, ifMatch: ifMatchOf(call) }
  const shown = await patchResource(ctx, push, { ...target, body, params, isSilent })
  if (isSilent) return emptyReply(204, { ...tagOf(shown), ...applied })
  return replyOf(200, shown, { ...located(shown), ...applied })
}

const remove: HandlerFor = kind => async (call, id) => {
  await deleteResource(call.ctx, call.push, { kind, id, ifMatch: ifMatchOf(call) })
  return emptyReply(204)
}

function replyOf(status: number, { text, excerpt }: Shown, headers: Record<string, string>): Reply {
  return { status, text, headers, ...(excerpt !== null && { excerpt }) }
}

const ifMatchOf = ({ sent }: Admitted) => sent.header('if-match')
const tagOf = ({ etag }: Shown) => ({ ETag: etag })
const located = (shown: Shown) => ({ ...tagOf(shown), 'Content-Location': shown.location })
