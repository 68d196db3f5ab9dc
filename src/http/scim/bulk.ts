// The bulk endpoint (RFC 7644 §3.7), and where the answer to a bulk is that nobody waited for (RFC 9967 §2.5.1).

import { acceptBulk, awaitBulkAnswer, readBulkAnswer } from '../../provision/bulk/later.ts'
import { runBulk } from '../../provision/bulk.ts'
import { baseUrlOf } from '../../provision/push.ts'
import { capabilities } from '../../scim/capabilities.ts'
import { readJson } from './body.ts'
import type { Admitted } from './call.ts'
import { emptyReply, jsonReply, type Reply } from './reply.ts'
import type { Route } from './route.ts'

const limit = { name: 'maxPayloadSize', bytes: capabilities.bulk.maxPayloadSize }

export const bulkRoutes: readonly Route[] = [
  { method: 'POST', path: '/Bulk', wish: 'work off the bulk', access: 'token', handle: workOff },
  { method: 'GET', path: '/Bulk/{id}', wish: 'answer the bulk', access: 'token', handle: answer },
]

async function workOff(call: Admitted): Promise<Reply> {
  const { ctx, push, kinds, sent } = call
  const body = await readJson(call, limit)
  const { isAsync, wait } = readPrefer(sent.header('prefer'))
  if (!isAsync) return jsonReply(200, await runBulk(ctx, push, { kinds, body }))
  const id = await acceptBulk(ctx, push, body)
  const milliseconds = Math.min(wait, longestWait) * 1000
  const text = await awaitBulkAnswer(ctx, push, { id, milliseconds })
  if (text !== undefined) return jsonReply(200, text, { 'Preference-Applied': `wait=${wait}` })
  return emptyReply(202, { ...underWay(call, id), 'Preference-Applied': 'respond-async' })
}

/** Seconds. */
const longestWait = 20

/** RFC 7240 §4.1 and §4.3: how long the client waits at all before it wants to ask afterwards. */
function readPrefer(header = ''): { isAsync: boolean; wait: number } {
  const preferences = header.split(/[,;]/).map(each => each.trim().toLowerCase())
  const wait = preferences.map(each => /^wait\s*=\s*"?(\d{1,6})"?$/.exec(each)?.[1]).find(Boolean)
  return { isAsync: preferences.includes('respond-async'), wait: Number(wait ?? 0) }
}

async function answer(call: Admitted, id: string): Promise<Reply> {
  const text = await readBulkAnswer(call.ctx, call.push, id)
  return text === undefined ? emptyReply(202, underWay(call, id)) : jsonReply(200, text)
}

/** RFC 9967 §3: by `Set-Txn` the client knows the events that tell of the bulk. */
const underWay = ({ ctx, push }: Admitted, id: string) => ({
  'Set-Txn': id,
  Location: `${baseUrlOf(ctx, push.token.domain.id)}/Bulk/${id}`,
  'Retry-After': '1',
})
