// The ways out for mail: a mail server, or files in a folder until there is one, so that flows with mail can be tried at once.
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { type Mail, messageOf } from './mail/message.ts'

/** Whether a mail server has taken the mail over; a file is none. */
interface Sent {
  readonly isHandedOver: boolean
}

/**
 * Resolves once the mail has left us, and throws when it has not. The same `key` comes again with every further try
 * and stands in the Message-ID, by which a receiver recognises a second copy.
 */
export type SendMail = (mail: Mail, key: string) => Promise<Sent>

const timeouts = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
}

/** `url`: `smtp://` (with STARTTLS where the server has it; `?requireTLS=true` insists) or `smtps://`. */
export function createMailServer(url: string, from: string): SendMail {
  // What stands in a mail comes from our users: nothing in it is a path or a URL to be read.
  const transport = createTransport({ url, ...timeouts, disableFileAccess: true, disableUrlAccess: true })
  return async ({ to, ...content }, key) => {
    await transport.sendMail({
      ...content,
      from,
      to: { name: '', address: to },
      messageId: messageIdOf(key, from),
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    return { isHandedOver: true }
  }
}

interface Surroundings {
  readonly from: string
  readonly log: Log
  readonly now: Clock
  /** A log is often kept elsewhere, and links in mails open accounts: not in production. */
  readonly isTextLogged: boolean
}

/** Writes each mail as `.eml` (RFC 5322), readable by the owner of the folder alone, and to the log. */
export const createMailFolder =
  (folder: string, { from, log, now, isTextLogged }: Surroundings): SendMail =>
  async (mail, key) => {
    const file = join(folder, `${key}.eml`)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const message = messageOf(mail, { from, id: messageIdOf(key, from), at: now() })
    // Whoever watches the folder finds whole mails.
    await writeFile(`${file}.part`, message, { mode: 0o600 })
    await rename(`${file}.part`, file)
    log.info(
      { to: mail.to, subject: mail.subject, file, ...(isTextLogged && { text: mail.text }) },
      'no mail server is configured; the mail is in a file',
    )
    return { isHandedOver: false }
  }

const messageIdOf = (key: string, from: string) => `<${key}@${/@([^\s>]+)/.exec(from)?.[1] ?? 'localhost'}>`
