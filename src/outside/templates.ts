// The templates of agreements: those in the operator's folder, else those that come along.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const ours = join(import.meta.dirname, 'agreements')

/** A file that is not in `folder` is taken from ours; one that cannot be read is an error. */
export async function readTemplate(folder: string, name: string): Promise<string> {
  if (folder === '') return readFile(join(ours, `${name}.md`), 'utf8')
  return readFile(join(folder, `${name}.md`), 'utf8').catch((error: unknown) => {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (isAbsent) return readTemplate('', name)
    throw error
  })
}
