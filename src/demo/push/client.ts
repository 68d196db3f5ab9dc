// The HTTP of a directory that pushes: SCIM requests as a stranger sends them, with the answers as they come.

export interface Answer {
  readonly status: number
  readonly body: ScimBody | undefined
}

/** The few parts of an answer that the directories look at. */
interface ScimBody {
  readonly id?: string
  readonly Resources?: readonly { readonly id: string }[]
  readonly detail?: string
}

/** Where a directory pushes to. */
export interface Target {
  readonly baseUrl: string
  readonly token: string
}

/** One request, as the directory's own page shows it. */
export interface Exchange {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly detail: string | undefined
}

export const isDone = ({ status }: Answer): boolean => status < 300

export class DirectoryClient {
  readonly exchanges: Exchange[] = []
  readonly #target: Target
  readonly #userAgent: string

  constructor(target: Target, userAgent: string) {
    this.#target = target
    this.#userAgent = userAgent
  }

  async send(method: string, path: string, body?: object): Promise<Answer> {
    const { baseUrl, token } = this.#target
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        Accept: 'application/scim+json',
        'User-Agent': this.#userAgent,
        ...(body && { 'Content-Type': 'application/scim+json; charset=utf-8' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const answer: Answer = { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
    this.exchanges.push({ method, path, status: answer.status, detail: answer.body?.detail })
    return answer
  }

  /** The id of the first match of `query`, if there is one. */
  async findId(path: string, query: Readonly<Record<string, string>>): Promise<string | undefined> {
    const { body } = await this.send('GET', `${path}?${new URLSearchParams(query)}`)
    return body?.Resources?.[0]?.id
  }
}
