// A representative: gets the mail with the link, opens the page behind it, signs.
import { createSignApp } from '../../../src/http/sign/app.ts'
import { OutboxWorker } from '../../../src/jobs/outbox.ts'
import type { Client, Installation } from '../api/client.ts'

export interface Signer {
  /** Submits a document and gives its id with the path of the link that was mailed. */
  submit(client: Client, organizationId: string, changes?: object): Promise<{ id: string; path: string }>
  open(path: string): Promise<Page>
  sign(path: string, fields?: Readonly<Record<string, string>>, headers?: object): Promise<Page>
  readonly worker: OutboxWorker
}

interface Page {
  readonly status: number
  readonly headers: Headers
  readonly html: string
}

export const submission = {
  document_type: 'DPA',
  company_name: 'Lovelace & Söhne <GmbH>',
  company_address: 'Analytical Lane 1, London',
  representative_email: 'Ada@lovelace.test',
}
const goodFields = { name: 'Ada Lovelace', title: 'Chief Executive', agree: 'yes' }

export function createSigner({ ctx }: Pick<Installation, 'ctx'>): Signer {
  const app = createSignApp(ctx)
  const worker = new OutboxWorker(ctx)
  const show = async (sent: Response | Promise<Response>): Promise<Page> => {
    const answer = await sent
    return { status: answer.status, headers: answer.headers, html: await answer.text() }
  }
  return {
    worker,
    submit: async (client, organizationId, changes = {}) => {
      // What others left undelivered is none of its mails.
      await worker.deliverDue()
      const body = { ...submission, ...changes }
      const { body: made } = await client('POST', `/api/organizations/${organizationId}/legal_documents`, {
        body,
      })
      await worker.deliverDue()
      const [path = ''] = /\/sign\/[\w-]{43}/.exec(ctx.mails.at(-1)?.text ?? '') ?? []
      return { id: String(made.id), path }
    },
    open: path => show(app.request(path)),
    sign: (path, fields = goodFields, headers = {}) =>
      show(
        app.request(path, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/x-www-form-urlencoded',
            'User-Agent': 'Browser/1.0',
            ...headers,
          },
          body: new URLSearchParams(fields).toString(),
        }),
      ),
  }
}
