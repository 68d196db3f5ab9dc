// A real mail server on this machine, which keeps what it is given and can be told to fail.
import { SMTPServer } from 'smtp-server'

interface Arrival {
  readonly from: string
  readonly to: string[]
  readonly text: string
}

export interface TestMailServer {
  readonly url: string
  readonly port: number
  readonly arrivals: Arrival[]
  /** What it says instead of taking a mail, once for each entry: a reply code and text. */
  readonly refusals: { code: number; text: string }[]
  close(): Promise<void>
}

export async function startMailServer({
  port = 0,
  ...options
}: {
  port?: number
  auth?: boolean
} = {}): Promise<TestMailServer> {
  const arrivals: Arrival[] = []
  const refusals: { code: number; text: string }[] = []
  const server = new SMTPServer({
    authOptional: !options.auth,
    allowInsecureAuth: true,
    disabledCommands: options.auth ? ['STARTTLS'] : ['AUTH', 'STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      username === 'gatehouse' && password === 'p@ss'
        ? done(null, { user: username })
        : done(new Error('no')),
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const refusal = refusals.shift()
        if (refusal) return done(Object.assign(new Error(refusal.text), { responseCode: refusal.code }))
        arrivals.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString(),
        })
        done()
      })
    },
  })
  const listening = await new Promise<number>((resolve, reject) => {
    server.on('error', reject)
    const inner = server.listen(port, '127.0.0.1', () => {
      const address = inner.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  server.on('error', () => {})
  const who = options.auth ? 'gatehouse:p%40ss@' : ''
  return {
    url: `smtp://${who}127.0.0.1:${listening}`,
    port: listening,
    arrivals,
    refusals,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}
