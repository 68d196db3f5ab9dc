// Servers in processes of their own: started, awaited until they say where they listen, always stopped.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface Running {
  readonly url: string
  readonly pid: number
  /** What it has said so far, line by line. */
  readonly said: readonly string[]
  /** From the start of the process to the line that says it listens. */
  readonly readyMilliseconds: number
  stop(signal?: NodeJS.Signals): Promise<void>
}

const root = join(import.meta.dirname, '..')

export async function startProcess(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Running> {
  const begun = performance.now()
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said: string[] = []
  const url = await readUrl(child, said)
  return {
    url,
    said,
    pid: child.pid ?? 0,
    readyMilliseconds: performance.now() - begun,
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill(signal)
      await once(child, 'exit')
    },
  }
}

function readUrl(child: ChildProcess, said: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) throw new Error('the process has no output')
    createInterface({ input: child.stdout })
      .on('line', line => {
        said.push(line)
        const url = /listens on (\S+)/.exec(line)?.[1]
        if (url) resolve(url)
      })
      .on('close', () => reject(new Error('the process ended before it listened')))
  })
}

/** Runs a command to its end and gives what it printed on stdout. */
export async function runCommand(args: readonly string[], env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, ['src/main.ts', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', chunk => chunks.push(chunk))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`gatehouse ${args.join(' ')} ended with ${code}`)
  return Buffer.concat(chunks).toString()
}
