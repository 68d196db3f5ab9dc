// Mail, as files in a folder until there is a server to give it to: the flows that need it can be tried at once.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../base/clock.ts'
import { newId } from '../base/id.ts'
import type { Log } from '../base/log.ts'

export interface Mail {
  /** A plain address. */
  readonly to: string
  /** ASCII. */
  readonly subject: string
  readonly text: string
}

export type SendMail = (mail: Mail) => Promise<void>

interface Surroundings {
  readonly log: Log
  readonly now: Clock
  /** A log is often kept elsewhere, and links in mails open accounts: not in production. */
  readonly isTextLogged: boolean
}

/** Writes each mail as `.eml` (RFC 5322), readable by the owner of the folder alone, and to the log. */
export const createMailFolder =
  (folder: string, { log, now, isTextLogged }: Surroundings): SendMail =>
  async mail => {
    const file = join(folder, `${newId()}.eml`)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(file, messageOf(mail, now()), { mode: 0o600 })
    log.info(
      { to: mail.to, subject: mail.subject, file, ...(isTextLogged && { text: mail.text }) },
      'no mail server is configured; the mail is in a file',
    )
  }

function messageOf({ to, subject, text }: Mail, at: Date): string {
  const lines = [
    `To: ${oneLine(to)}`,
    `Subject: ${oneLine(subject)}`,
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    ...text.split(/\r?\n/),
  ]
  return `${lines.join('\r\n')}\r\n`
}

/** No text can begin a header of its own. */
const oneLine = (text: string) => text.replaceAll(/[\r\n]+/g, ' ')
