// One connection: what it takes to begin on a file that is new.

import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'

const threads = 6
const files = 40
/** Opens each file at the moment that it is told, as the other threads do. */
const program = `
  const { parentPort, workerData } = require('node:worker_threads')
  import(workerData).then(({ SqliteHandle }) => {
    parentPort.on('message', ({ path, at }) => {
      while (Date.now() < at);
      const handle = new SqliteHandle(path, { readonly: false })
      let outcome = 'open'
      try { handle.prepareForWriting('full') } catch (error) { outcome = error.message }
      handle.close()
      parentPort.postMessage(outcome)
    })
    parentPort.postMessage('ready')
  })`

describe('SqliteHandle', () => {
  it('opens a new file together with others that begin on it at the same moment', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-handle-'))
    const module = new URL('../../../src/store/sqlite/handle.ts', import.meta.url).href
    const workers = Array.from(
      { length: threads },
      () => new Worker(program, { eval: true, workerData: module }),
    )
    const answers = () => Promise.all(workers.map(async worker => (await once(worker, 'message'))[0]))
    try {
      await answers()
      for (let file = 0; file < files; file++) {
        const opened = answers()
        for (const worker of workers)
          worker.postMessage({ path: join(folder, `${file}.db`), at: Date.now() + 8 })
        expect(await opened).toEqual(Array(threads).fill('open'))
      }
    } finally {
      await Promise.all(workers.map(worker => worker.terminate()))
      rmSync(folder, { recursive: true })
    }
  })
})
