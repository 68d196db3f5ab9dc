// What runs in the thread of aside.ts: a connection that answers one query after the other.
import { parentPort, workerData } from 'node:worker_threads'
import type { Answer, Opened, Question } from './aside.ts'
import { SqliteHandle } from './handle.ts'

const { path, writing }: Opened = workerData
const handle = new SqliteHandle(path, { readonly: writing === undefined, isAside: true })
if (writing) handle.prepareForWriting(writing.synchronous)

parentPort?.on('message', (question: Question) => parentPort?.postMessage(answerTo(question)))

function answerTo({ number, sql, parameters, isInside }: Question): Answer {
  try {
    if (isInside && !handle.inTransaction) throw new Error('the transaction is open no longer')
    return { number, result: handle.run(sql, parameters) }
  } catch (error) {
    // An error loses its code on the way between threads.
    const message = error instanceof Error ? error.message : String(error)
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    return { number, error: { message, code } }
  }
}
