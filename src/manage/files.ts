// Opening a stored file by a link of ours; the link alone says that it may be opened.
import type { Context } from '../context.ts'
import { dispositionOf, mediaType } from '../outside/files/stored-files.ts'

export interface SentFile {
  readonly bytes: Uint8Array
  readonly mediaType: string
  readonly disposition: string
}

/** `path` with its query; undefined when the link opens nothing, or not any more. */
export async function openFile(ctx: Context, path: string): Promise<SentFile | undefined> {
  const file = await ctx.files.open(path, ctx.now())
  return file && { bytes: file.bytes, mediaType, disposition: dispositionOf(file.filename) }
}
