import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createStoredFiles } from '../../src/outside/files.ts'
import { access, type FakeBucket, startBucket } from '../vendors/s3.ts'

const key = 'legal-documents/0197-a/0197-b.pdf'
const bytes = Buffer.from('%PDF-1.7 ÿþ \u0000')
const download = (now: Date) => ({ key, filename: 'DPA-1.pdf', now })

describe('files in a folder', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-files-'))
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }))
  const secrets = ['the newest secret of this server, long enough']
  const filesWith = (secrets: readonly string[]) => createStoredFiles({ ...readConfig({}), dataDir, secrets })
  const files = filesWith(secrets)
  const now = new Date('2026-11-25T12:00:00Z')
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)

  it('a link opens its file for 60 seconds', async () => {
    await files.put(key, bytes, now)
    const link = await files.linkTo(download(now))
    expect(link).toMatch(/^\/files\/legal-documents\/0197-a\/0197-b\.pdf\?/)
    expect(await files.open(link, later(59))).toMatchObject({ bytes, filename: 'DPA-1.pdf' })
    expect(await files.open(link, later(60))).toBeUndefined()
    expect(await files.open(link, later(6000))).toBeUndefined()
  })

  it('a link opens nothing once a character of it is another', async () => {
    const link = await files.linkTo(download(now))
    const url = new URL(link, 'http://x')
    const changed = (name: string, value: string) => {
      const copy = new URL(url)
      copy.searchParams.set(name, value)
      return copy.pathname + copy.search
    }
    const expires = Number(url.searchParams.get('expires'))
    for (const forged of [
      changed('expires', String(expires + 3600)),
      changed('filename', 'other.pdf'),
      changed('signature', ''),
      changed('signature', 'x'.repeat(43)),
      link.replace('0197-b', '0197-c'),
      '/files/../../secret?filename=a&expires=99999999999&signature=x',
      '/files/',
      '/elsewhere',
      'http://[',
    ])
      expect(await files.open(forged, now)).toBeUndefined()
  })

  it('links signed by an older secret go on opening, those of a stranger never do', async () => {
    const link = await files.linkTo(download(now))
    const newest = 'a secret that was added later, long enough too'
    expect(await filesWith([newest, ...secrets]).open(link, now)).toBeDefined()
    expect(await filesWith([newest]).open(link, now)).toBeUndefined()
  })

  it('reads a file, and removes it', async () => {
    await files.put('self-test/1.pdf', bytes, now)
    expect(Buffer.from(await files.read('self-test/1.pdf', now))).toEqual(bytes)
    await files.remove('self-test/1.pdf', now)
    await files.remove('self-test/1.pdf', now)
    await expect(files.read('self-test/1.pdf', now)).rejects.toThrow(/ENOENT/)
  })

  it('replaces a file whole, leaves no drafts, and refuses keys that lead elsewhere', async () => {
    await files.put(key, Buffer.from('other'), now)
    expect(await files.open(await files.linkTo(download(now)), now)).toMatchObject({
      bytes: Buffer.from('other'),
    })
    expect(readdirSync(join(dataDir, 'files/legal-documents/0197-a'))).toEqual(['0197-b.pdf'])
    for (const bad of ['../secret.pdf', '/etc/passwd.pdf', 'a/../../b.pdf', 'a//b.pdf', 'a.pdf/', ''])
      await expect(files.put(bad, bytes, now)).rejects.toThrow(/expected the key of a file/)
  })
})

describe('files in a bucket', () => {
  let bucket: FakeBucket
  const filesWith = (changes = {}) =>
    createStoredFiles({ ...readConfig({}), ...access, s3Endpoint: bucket.url, ...changes })
  beforeAll(async () => {
    bucket = await startBucket()
  })
  beforeEach(() => {
    bucket.skew = 0
  })

  it('an upload is signed, its content too', async () => {
    await filesWith().put(key, bytes, new Date())
    expect(bucket.objects.get(`/documents/${key}`)).toEqual({
      bytes: new Uint8Array(bytes),
      type: 'application/pdf',
    })
  })

  it('reads a file, and removes it', async () => {
    await filesWith().put('self-test/1.pdf', bytes, new Date())
    expect(Buffer.from(await filesWith().read('self-test/1.pdf', new Date()))).toEqual(bytes)
    await filesWith().remove('self-test/1.pdf', new Date())
    expect(bucket.objects.has('/documents/self-test/1.pdf')).toBe(false)
    await expect(filesWith().read('self-test/1.pdf', new Date())).rejects.toThrow(
      /S3, download: expected success, got 404/,
    )
  })

  it('a link opens the file for 60 seconds, as an attachment', async () => {
    await filesWith().put(key, bytes, new Date())
    const link = await filesWith().linkTo(download(new Date()))
    const answer = await fetch(link)
    expect([
      answer.status,
      answer.headers.get('content-type'),
      answer.headers.get('content-disposition'),
    ]).toEqual([200, 'application/pdf', 'attachment; filename="DPA-1.pdf"'])
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes)
    bucket.skew = 62_000
    expect((await fetch(link)).status).toBe(403)
  })

  it('a link of which anything was changed opens nothing', async () => {
    const link = await filesWith().linkTo(download(new Date()))
    for (const forged of [
      link.replace('X-Amz-Expires=60', 'X-Amz-Expires=6000'),
      link.replace('0197-b', '0197-c'),
      link.replace('DPA-1', 'DPA-2'),
    ])
      expect((await fetch(forged)).status).toBe(403)
  })

  it('a refusal and an outage are errors that say what came back', async () => {
    const wrong = filesWith({ s3SecretAccessKey: 'another' })
    await expect(wrong.put(key, bytes, new Date())).rejects.toThrow(
      /S3, upload: expected success, got 403 SignatureDoesNotMatch/,
    )
    await expect(
      filesWith({ s3Endpoint: 'http://127.0.0.1:49151' }).put(key, bytes, new Date()),
    ).rejects.toThrow(/S3, upload: expected an answer, got none: ECONNREFUSED/)
  })

  it('no link of ours opens anything there', async () => {
    expect(await filesWith().open('/files/x', new Date())).toBeUndefined()
  })
})
