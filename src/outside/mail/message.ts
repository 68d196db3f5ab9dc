// A mail as RFC 5322 text that people and scripts can read as it is: nothing in it is encoded.
import { randomUUID } from 'node:crypto'

export interface Mail {
  /** A plain address. */
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

interface Envelope {
  readonly from: string
  /** The Message-ID with its angle brackets. */
  readonly id: string
  readonly at: Date
}

export function messageOf({ to, subject, text, html }: Mail, { from, id, at }: Envelope): string {
  const boundary = randomUUID()
  const part = (type: string, body: string) => [
    `--${boundary}`,
    `Content-Type: ${type}; charset=utf-8`,
    'Content-Transfer-Encoding: 8bit',
    '',
    body,
  ]
  const lines = [
    `From: ${oneLine(from)}`,
    `To: ${oneLine(to)}`,
    `Subject: ${oneLine(subject)}`,
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${id}`,
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    ...part('text/plain', text),
    ...part('text/html', html),
    `--${boundary}--`,
  ]
  return `${lines.join('\n').replaceAll(/\r?\n/g, '\r\n')}\r\n`
}

/** No text can begin a header of its own. */
const oneLine = (text: string) => text.replaceAll(/[\r\n]+/g, ' ')
