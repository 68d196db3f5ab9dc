// The thread in which responses are judged: whatever a document costs, it is not the event loop that pays.
import { performance } from 'node:perf_hooks'
import { parentPort } from 'node:worker_threads'
import { type Case, judgeResponse, type Verdict } from '../../saml/verdict.ts'

export type Judgement = { readonly verdict: Verdict } | { readonly error: string }

function judge(input: Case): Judgement {
  try {
    return { verdict: judgeResponse(input, () => performance.now()) }
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

parentPort?.on('message', (input: Case) => parentPort?.postMessage(judge(input)))
parentPort?.postMessage('ready')
