// Mails that went out without a mail server: files, read for the links in them.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Site } from './site.ts'

/** The first link of the kind in a mail that has these words; waits for it. */
export async function mailedPath({ ctx }: Site, pattern: RegExp, words = ''): Promise<string> {
  const find = () => findMailed(join(ctx.config.dataDir, 'outbox'), pattern, words)
  await expect.poll(find, { timeout: 10_000 }).toBeTruthy()
  return find() ?? ''
}

function findMailed(folder: string, pattern: RegExp, words: string): string | undefined {
  const mails = readdirSync(folder)
    .sort()
    .map(name => readFileSync(join(folder, name), 'utf8').replaceAll('=\r\n', ''))
  return mails
    .filter(text => text.includes(words))
    .map(text => pattern.exec(text)?.[0])
    .find(path => path !== undefined)
}
