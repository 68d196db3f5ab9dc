import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '../../src/base/log.ts'
import { createMailFolder, createMailServer } from '../../src/outside/mail.ts'
import { startMailServer, type TestMailServer } from './smtp-server.ts'

const from = 'Gatehouse <gatehouse@acme.test>'
const mail = {
  to: 'ada@elsewhere.test',
  subject: 'Grüße',
  text: 'Hello\n\nhttps://acme.test/invites/abc\n',
  html: '<p>Hello</p>\n',
}

describe('createMailServer', () => {
  let server: TestMailServer
  beforeAll(async () => {
    server = await startMailServer()
  })
  afterAll(() => server.close())

  it('hands a mail over in a real conversation: envelope, both parts, and the key as its Message-ID', async () => {
    expect(await createMailServer(server.url, from)(mail, 'key-1')).toEqual({ isHandedOver: true })
    const [arrival] = server.arrivals
    expect(arrival).toMatchObject({ from: 'gatehouse@acme.test', to: ['ada@elsewhere.test'] })
    const headers = arrival?.text.split('\r\n\r\n', 1)[0]?.split(/\r\n(?! )/)
    expect(headers).toEqual(
      expect.arrayContaining([
        'From: Gatehouse <gatehouse@acme.test>',
        'To: ada@elsewhere.test',
        'Message-ID: <key-1@acme.test>',
        'Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=',
        'Auto-Submitted: auto-generated',
      ]),
    )
    expect(arrival?.text).toMatch(/multipart\/alternative/)
    expect(arrival?.text).toMatch(
      /text\/plain.*https:\/\/acme\.test\/invites\/abc.*text\/html.*<p>Hello<\/p>/s,
    )
  })

  it('signs in to the server where the URL says as whom', async () => {
    const guarded = await startMailServer({ auth: true })
    await createMailServer(guarded.url, from)(mail, 'key-2')
    expect(guarded.arrivals).toHaveLength(1)
    const wrong = guarded.url.replace('p%40ss', 'wrong')
    await expect(createMailServer(wrong, from)(mail, 'key-3')).rejects.toThrow(/535/)
    await guarded.close()
  })

  it('sends to the one address and to nobody else, whatever stands in it', async () => {
    const count = server.arrivals.length
    for (const to of ['a@b.test, c@d.test', 'a@b.test\r\nRCPT TO:<c@d.test>', 'Ada <a@b.test>']) {
      await createMailServer(server.url, from)({ ...mail, to }, 'key-4').catch(() => {})
    }
    for (const arrival of server.arrivals.slice(count)) expect(arrival.to).toHaveLength(1)
    expect(server.arrivals.slice(count).flatMap(({ to }) => to)).not.toContain('c@d.test')
  })

  it('reads no file and fetches no URL for a text', async () => {
    const text = 'file:///etc/passwd'
    await createMailServer(server.url, from)({ ...mail, text, html: text }, 'key-5')
    expect(server.arrivals.at(-1)?.text).toContain('file:///etc/passwd')
  })

  it('throws when the server refuses, and when there is none', async () => {
    server.refusals.push({ code: 451, text: 'later' })
    await expect(createMailServer(server.url, from)(mail, 'key-6')).rejects.toThrow(/451 later/)
    const gone = await startMailServer()
    await gone.close()
    await expect(createMailServer(gone.url, from)(mail, 'key-7')).rejects.toThrow(/ECONNREFUSED/)
  })
})

describe('createMailFolder', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'gatehouse-mail-')), 'outbox')
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const lines: string[] = []
  const log = createLog(
    'info',
    new Writable({
      write: (chunk, _encoding, done) => {
        lines.push(String(chunk))
        done()
      },
    }),
  )
  const now = () => new Date('2026-11-25T12:00:00Z')

  it('writes an .eml that the owner alone can read, and a line to the log', async () => {
    const send = createMailFolder(folder, { from, log, now, isTextLogged: true })
    expect(await send(mail, 'key-1')).toEqual({ isHandedOver: false })
    expect(readdirSync(folder)).toEqual(['key-1.eml'])
    const file = join(folder, 'key-1.eml')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const text = readFileSync(file, 'utf8')
    expect(text).toContain(
      'Subject: Grüße\r\nDate: Wed, 25 Nov 2026 12:00:00 +0000\r\nMessage-ID: <key-1@acme.test>\r\n',
    )
    expect(text).toContain('\r\n\r\nHello\r\n\r\nhttps://acme.test/invites/abc\r\n')
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ to: mail.to, file, text: mail.text })
  })

  it('writes the same mail to the same file when it comes again', async () => {
    const send = createMailFolder(folder, { from, log, now, isTextLogged: true })
    await send(mail, 'key-1')
    expect(readdirSync(folder)).toEqual(['key-1.eml'])
  })

  it('keeps texts, which have links in them, out of the log where it is told to', async () => {
    await createMailFolder(folder, { from, log, now, isTextLogged: false })(mail, 'key-2')
    expect(lines.at(-1)).not.toContain('invites')
  })

  it('lets no text begin a header of its own', async () => {
    const subject = 'Hi\r\nBcc: eve@evil.test'
    await createMailFolder(folder, { from, log, now, isTextLogged: false })({ ...mail, subject }, 'key-3')
    expect(readFileSync(join(folder, 'key-3.eml'), 'utf8')).not.toMatch(/^Bcc:/m)
  })
})
