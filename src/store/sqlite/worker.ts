// What runs in the thread of sqlite-aside.ts: a read-only connection that answers one select after the other.
import { parentPort, workerData } from 'node:worker_threads'
import type { Answer, Question } from './aside.ts'
import { SqliteHandle } from './handle.ts'

const handle = new SqliteHandle(String(workerData), { readonly: true })

parentPort?.on('message', (question: Question) => parentPort?.postMessage(answerTo(question)))

function answerTo({ number, sql, parameters }: Question): Answer {
  try {
    return { number, rows: handle.run(sql, parameters).rows }
  } catch (error) {
    // An error loses its code on the way between threads.
    const message = error instanceof Error ? error.message : String(error)
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    return { number, error: { message, code } }
  }
}
