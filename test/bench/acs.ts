// Posts to the assertion consumer service as browsers make them, over connections that stay open.

import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import type { Answer } from './signed-responses.ts'

const agent = new Agent({ keepAlive: true })

/** A form as a browser writes it. */
export const formOf = (fields: Record<string, string>): string => new URLSearchParams(fields).toString()

/** The status of what is answered, when all of it is here. */
export async function post(acsUrl: string, form: string, cookie = ''): Promise<number> {
  const sent = request(acsUrl, {
    agent,
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': Buffer.byteLength(form),
      Origin: 'https://idp.test',
      ...(cookie === '' ? {} : { Cookie: cookie }),
    },
  })
  sent.end(form)
  const [answer]: [IncomingMessage] = (await once(sent, 'response')) as [IncomingMessage]
  answer.resume()
  await once(answer, 'end')
  return answer.statusCode ?? 0
}

/** Throws unless somebody is signed in by it. */
export async function finish(acsUrl: string, { response, relayState, binding }: Answer): Promise<void> {
  const form = formOf({ SAMLResponse: response, RelayState: relayState })
  const status = await post(acsUrl, form, `gatehouse-sign-in=${binding}`)
  if (status !== 303) throw new Error(`a sign-in was answered ${status}`)
}
