// Files in a folder of ours, opened by links that we sign.
import { createHmac, hkdfSync } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { newId } from '../../base/id.ts'
import { sameText } from '../../base/secret.ts'
import { linkSeconds, type StoredFiles } from './stored-files.ts'

const root = '/files/'
const keyForm = /^[A-Za-z0-9-]+(\/[A-Za-z0-9-]+)*\.pdf$/

/** The newest secret signs; links signed by an older one still open. */
export function createFolder({
  folder,
  secrets,
}: {
  folder: string
  secrets: readonly string[]
}): StoredFiles {
  const placeOf = (key: string) => {
    if (!keyForm.test(key)) throw new Error(`expected the key of a file, but got "${key.slice(0, 100)}"`)
    return join(folder, key)
  }
  const sign = (secret: string, { key, filename, expires }: Link) =>
    createHmac('sha256', Buffer.from(hkdfSync('sha256', secret, '', 'gatehouse file link', 32)))
      .update(JSON.stringify([key, filename, expires]))
      .digest('base64url')

  return {
    put: async (key, bytes) => writeWhole(placeOf(key), bytes),
    read: async key => readFile(placeOf(key)),
    remove: async key => rm(placeOf(key), { force: true }),
    linkTo: async ({ key, filename, now }) => {
      const [newest] = secrets
      if (newest === undefined) throw new Error('expected a secret to sign links with, got none')
      const expires = String(Math.floor(now.getTime() / 1000) + linkSeconds)
      const signature = sign(newest, { key, filename, expires })
      return `${root}${key}?${new URLSearchParams({ filename, expires, signature })}`
    },
    open: async (path, now) => {
      const link = readLink(path)
      if (!link || !secrets.some(secret => sameText(sign(secret, link), link.signature))) return undefined
      if (Number(link.expires) * 1000 <= now.getTime()) return undefined
      return { bytes: await readFile(placeOf(link.key)), filename: link.filename }
    },
  }
}

interface Link {
  readonly key: string
  readonly filename: string
  /** Seconds since 1970. */
  readonly expires: string
}

function readLink(path: string): (Link & { signature: string }) | undefined {
  const url = URL.parse(path, 'http://files.invalid')
  if (!url?.pathname.startsWith(root)) return undefined
  const [filename, expires, signature] = ['filename', 'expires', 'signature'].map(name =>
    url.searchParams.get(name),
  )
  if (!filename || !expires || !signature) return undefined
  return { key: url.pathname.slice(root.length), filename, expires, signature }
}

/** Nobody sees half a file, and none is there that a power cut could take back. */
async function writeWhole(place: string, bytes: Uint8Array): Promise<void> {
  const parent = dirname(place)
  await mkdir(parent, { recursive: true, mode: 0o700 })
  const draft = `${place}.${newId()}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, place)
  const directory = await open(parent)
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
