// Forms as browsers send them, with files and without, and what only looks like one.
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { readForm } from '../../src/http/form.ts'
import { BodyCutShort, BodyTooLarge } from '../../src/http/request.ts'

const app = new Hono()
app.post('/', async c => c.json([...(await readForm(c, 2000))]))
app.onError((error, c) => {
  if (error instanceof BodyTooLarge) return c.text(error.name, 413)
  return c.text(error.name, error instanceof BodyCutShort ? 400 : 500)
})

const post = (body: string | URLSearchParams | ArrayBuffer, headers: Record<string, string> = {}) =>
  app.request('/', { method: 'POST', body, headers })

async function postFile(content: Uint8Array<ArrayBuffer> | string) {
  const form = new FormData()
  form.append('csrf', 'a b')
  form.append('file', new File([content], 'metadata.xml', { type: 'text/xml' }))
  const encoded = new Response(form)
  return post(await encoded.arrayBuffer(), { 'Content-Type': encoded.headers.get('content-type') ?? '' })
}

describe('reading a form', () => {
  it('reads fields, and the text of files', async () => {
    const plain = await post(new URLSearchParams({ a: 'ä&b', c: '' }))
    expect(await plain.json()).toEqual([
      ['a', 'ä&b'],
      ['c', ''],
    ])
    const withFile = await postFile('<x>ä</x>')
    expect(await withFile.json()).toEqual([
      ['csrf', 'a b'],
      ['file', '<x>ä</x>'],
    ])
  })

  it('reads a file in UTF-16, leaves its mark out, and takes no file for nothing', async () => {
    const wide = await postFile(new Uint8Array([0xff, 0xfe, ...Buffer.from('<x/>', 'utf16le')]))
    expect(await wide.json()).toContainEqual(['file', '<x/>'])
    const marked = await postFile('\uFEFF<x/>')
    expect(await marked.json()).toContainEqual(['file', '<x/>'])
    const nothing = await postFile('')
    expect(await nothing.json()).toContainEqual(['file', ''])
  })

  it('holds files to the same limit', async () => {
    const response = await postFile('x'.repeat(2001))
    expect(response.status).toBe(413)
  })

  it('refuses what is not the parts that it says', async () => {
    const types = ['multipart/form-data', 'multipart/form-data; boundary=x', 'Multipart/Form-Data; boundary=']
    for (const type of types) {
      const response = await post('--y\r\nno', { 'Content-Type': type })
      expect([type, response.status]).toEqual([type, 400])
    }
  })
})
