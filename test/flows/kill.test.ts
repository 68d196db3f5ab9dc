// A push is cut off by `kill -9`: what was answered is there, nothing is doubled, and the directory can go on.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Running, startProcess } from '../processes.ts'
import { makePushTarget, type PushTarget } from '../push-target.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-kill-'))
const env = { GATEHOUSE_DATA_DIR: folder, GATEHOUSE_PORT: '0', GATEHOUSE_LOG_LEVEL: 'silent' }
const running: Running[] = []
const serve = async () => {
  const server = await startProcess(['src/main.ts', 'serve'], env)
  running.push(server)
  return server
}

afterAll(async () => {
  for (const server of running) await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const writers = 8

/** Creates people side by side until the server is gone; gives the ids of those that were answered, by name. */
async function pushUntilCut(target: PushTarget, server: Running): Promise<Map<string, string>> {
  const answered = new Map<string, string>()
  const push = async (writer: number) => {
    for (let index = 0; ; index++) {
      const name = `person-${writer}-${index}`
      const made = await target.create(server.url, name).catch(() => undefined)
      if (!made) return
      answered.set(name, made.id)
      if (answered.size === 200) void server.stop('SIGKILL')
    }
  }
  await Promise.all(Array.from({ length: writers }, (_, writer) => push(writer)))
  return answered
}

describe('kill -9 in the middle of a push', () => {
  it('loses no answered write, doubles none, and lets the directory go on', async () => {
    const target = await makePushTarget(env)
    const answered = await pushUntilCut(target, await serve())
    expect(answered.size).toBeGreaterThanOrEqual(200)

    const { url } = await serve()
    for (const [name, id] of answered) expect(await target.match(url, name)).toEqual([id])
    const everyone = await target.listIds(url)
    expect(new Set(everyone).size).toBe(everyone.length)
    // What was under way may or may not have been written; each of the writers had one such at most.
    expect(everyone.length - answered.size).toBeLessThanOrEqual(writers)

    const [first = ''] = answered.keys()
    await expect(target.create(url, first)).rejects.toThrow('409')
    expect(await target.create(url, 'somebody-new')).toHaveProperty('id')
    expect(await target.listIds(url)).toHaveLength(everyone.length + 1)
  }, 60_000)
})
