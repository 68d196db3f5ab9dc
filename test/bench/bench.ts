// What a part of the measurement works with: folders and processes of its own, all gone when it is done.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Running, startProcess } from '../processes.ts'
import type { Goal } from './goals.ts'

export interface Part {
  /** Several parts may share one; it asks for all of them. */
  readonly name: string
  readonly goals: readonly string[]
  /** After so many minutes it is given up. */
  readonly minutes: number
  run(bench: Bench): Promise<Goal[]>
}

const stopMilliseconds = 15_000

export class Bench {
  /** The last one is undone first. */
  readonly #undo: (() => unknown)[] = []
  readonly #folders: string[] = []
  #work: Promise<unknown> = Promise.resolve()
  #closed: Promise<void> | undefined

  run(part: Part): Promise<Goal[]> {
    const work = part.run(this)
    this.#work = work.catch(() => {})
    return work
  }

  /** The environment of a server with a folder of its own, and a SQLite file there unless told otherwise. */
  env(settings: Record<string, string> = {}): Record<string, string> {
    return {
      GATEHOUSE_DATA_DIR: this.folder(),
      GATEHOUSE_PORT: '0',
      GATEHOUSE_SCIM_RATE_LIMIT: '0',
      GATEHOUSE_LOG_LEVEL: 'warn',
      ...settings,
    }
  }

  folder(): string {
    if (this.#closed) throw new Error('this part has ended')
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
    this.#folders.push(folder)
    return folder
  }

  async start(args: readonly string[], env: Record<string, string> = {}): Promise<Running> {
    const running = await startProcess(args, env)
    this.defer(() => end(running))
    return running
  }

  serve(env: Record<string, string>): Promise<Running> {
    return this.start(['src/main.ts', 'serve'], env)
  }

  /** Work that still goes on when its part was given up starts nothing that stays. */
  defer(undo: () => unknown): void {
    this.#undo.push(undo)
    if (!this.#closed) return
    void this.#undoAll()
    throw new Error('this part has ended')
  }

  /** Whoever asks, and however often: it resolves when everything is undone. */
  close(): Promise<void> {
    this.#closed ??= this.#undoAll().then(() => this.#removeFolders())
    return this.#closed
  }

  /** Whatever fails here keeps nothing else from being undone. */
  async #undoAll(): Promise<void> {
    for (let undo = this.#undo.pop(); undo; undo = this.#undo.pop()) {
      try {
        await undo()
      } catch (error) {
        say(`left behind: ${error}`)
      }
    }
  }

  /** A command that still runs would make its folder anew. */
  async #removeFolders(): Promise<void> {
    await Promise.race([this.#work, sleep(stopMilliseconds)])
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true })
  }
}

async function end(running: Running): Promise<void> {
  const late = new AbortController()
  const stopped = running.stop().then(() => true)
  const isStopped = await Promise.race([
    stopped,
    sleep(stopMilliseconds, false, { signal: late.signal }).catch(() => true),
  ])
  late.abort()
  if (!isStopped) await running.stop('SIGKILL')
}

/** How far it is; the table alone goes to stdout. */
export const say = (text: string): void => void process.stderr.write(`${text}\n`)
