// The HTTP of the demo's directories: SCIM requests as a stranger sends them, with the answers as they come.

export interface Answer {
  readonly status: number
  readonly body: ScimBody | undefined
}

/** The few parts of an answer that the directories look at. */
export interface ScimBody {
  readonly id?: string
  readonly totalResults?: number
  readonly Resources?: readonly { readonly id: string }[]
  readonly detail?: string
}

export interface ClientOptions {
  readonly baseUrl: string
  readonly token: string
  /** Entra ID sends none at times. */
  readonly userAgent?: string
  readonly mediaType: string
}

export class DirectoryClient {
  readonly options: ClientOptions

  constructor(options: ClientOptions) {
    this.options = options
  }

  async send(method: string, path: string, body?: object): Promise<Answer> {
    const { baseUrl, token, userAgent, mediaType } = this.options
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        Accept: mediaType,
        'User-Agent': userAgent ?? '',
        ...(body ? { 'Content-Type': `${mediaType}; charset=utf-8` } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }

  /** The id of the only match of `filter`, if there is one. */
  async findUser(filter: string, paging = ''): Promise<string | undefined> {
    const { body } = await this.send('GET', `/Users?filter=${encodeURIComponent(filter)}${paging}`)
    return body?.Resources?.[0]?.id
  }
}
