// What every storage of files can do.

/** How long a link opens its file. */
export const linkSeconds = 60

interface Download {
  readonly key: string
  /** What a browser saves it as; ASCII, without quotes. */
  readonly filename: string
  readonly now: Date
}

interface OpenedFile {
  readonly bytes: Uint8Array
  readonly filename: string
}

/** Keys are made by us: ids and names of ASCII letters, with slashes between them. */
export interface StoredFiles {
  /** Replaces what is there under the key; resolves once it is durable. `now` is for signing the request. */
  put(key: string, bytes: Uint8Array, now: Date): Promise<void>
  /** A URL, or a path of ours, that opens the PDF to whoever has it for `linkSeconds`, as an attachment. */
  linkTo(download: Download): Promise<string>
  /** What is there under the key; throws when there is nothing. */
  read(key: string, now: Date): Promise<Uint8Array>
  /** There may be nothing to remove. */
  remove(key: string, now: Date): Promise<void>
  /** What a link of ours opens; undefined when it is none, or too old. */
  open(path: string, now: Date): Promise<OpenedFile | undefined>
}

export const mediaType = 'application/pdf'
export const dispositionOf = (filename: string) => `attachment; filename="${filename}"`
