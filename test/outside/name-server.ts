// A real DNS server on loopback, over UDP and TCP, that answers as a test lays it out.
import dgram from 'node:dgram'
import { once } from 'node:events'
import net from 'node:net'
import {
  type Answer,
  decode,
  encode,
  type Packet,
  type Question,
  streamDecode,
  streamEncode,
  TRUNCATED_RESPONSE,
} from 'dns-packet'

export interface Reply {
  answers?: Answer[]
  rcode?: 'NOERROR' | 'FORMERR' | 'SERVFAIL' | 'NXDOMAIN' | 'REFUSED'
  /** Over UDP the answer is cut, which tells the client to ask again over TCP. */
  truncated?: boolean
}

export interface NameServer {
  /** `address:port`. */
  readonly address: string
  /** Every question that came: `TXT acme.test udp`. */
  readonly questions: string[]
  close(): Promise<void>
}

const rcodes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 }

/** `undefined` as a reply is silence. */
export async function startNameServer(
  answer: (question: Question) => Reply | undefined,
): Promise<NameServer> {
  const questions: string[] = []
  const reply = (query: Packet, transport: 'udp' | 'tcp'): Packet | undefined => {
    const [question] = query.questions ?? []
    if (question === undefined) return undefined
    questions.push(`${question.type} ${question.name} ${transport}`)
    const found = answer(question)
    if (found === undefined) return undefined
    const cut = found.truncated === true && transport === 'udp'
    return {
      type: 'response',
      id: query.id ?? 0,
      flags: rcodes[found.rcode ?? 'NOERROR'] | (cut ? TRUNCATED_RESPONSE : 0),
      questions: [question],
      answers: cut ? [] : (found.answers ?? []),
    }
  }
  const udp = dgram.createSocket('udp4')
  udp.on('message', (message, client) => {
    const response = reply(decode(message), 'udp')
    if (response) udp.send(encode(response), client.port, client.address)
  })
  udp.bind(0, '127.0.0.1')
  await once(udp, 'listening')
  const { port } = udp.address()
  const tcp = net.createServer(socket => {
    socket.on('error', () => socket.destroy())
    socket.on('data', data => {
      const response = reply(streamDecode(data), 'tcp')
      if (response) socket.write(streamEncode(response))
    })
  })
  tcp.listen(port, '127.0.0.1')
  await once(tcp, 'listening')
  const close = async () => {
    udp.close()
    tcp.close()
    await once(tcp, 'close')
  }
  return { address: `127.0.0.1:${port}`, questions, close }
}
