// Somebody with a browser, as far as a sign-in needs one: cookies by site, redirects, and forms that are sent on.

interface Cookie {
  readonly value: string
  /** Lower case; with `lax` and `strict` it stays at home when another site sends a form here. */
  readonly sameSite: string
}

export interface Page {
  readonly url: string
  readonly status: number
  readonly text: string
}

const mostRedirects = 10

export class Visitor {
  /** By host, without the port, as browsers have them. */
  readonly #cookies = new Map<string, Map<string, Cookie>>()

  open(url: string): Promise<Page> {
    return this.#go(url, {}, false)
  }

  /** Sends the only form of a page, with `fields` filled in. */
  async submit(page: Page, fields: Readonly<Record<string, string>> = {}): Promise<Page> {
    const form = /<form[^>]*\saction="([^"]*)"[^>]*>(.*?)<\/form>/s.exec(page.text)
    if (!form) throw new Error(`expected a form at ${page.url}, which answered ${page.status}`)
    const [, action = '', content = ''] = form
    const hidden = [...content.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
    const body = new URLSearchParams()
    for (const [, name = '', value = ''] of hidden) body.set(name, unescaped(value))
    for (const [name, value] of Object.entries(fields)) body.set(name, value)
    const target = new URL(unescaped(action), page.url)
    const { origin, hostname } = new URL(page.url)
    return this.#go(
      target.href,
      { method: 'POST', body, headers: { Origin: origin } },
      target.hostname !== hostname,
    )
  }

  cookieNames(url: string): string[] {
    return [...(this.#cookies.get(new URL(url).hostname)?.keys() ?? [])]
  }

  async #go(start: string, request: RequestInit, isFromElsewhere: boolean): Promise<Page> {
    let url = start
    let init = request
    for (let hop = 0; hop < mostRedirects; hop += 1) {
      const headers = { ...init.headers, Cookie: this.#cookiesFor(url, isFromElsewhere && hop === 0) }
      const response = await fetch(url, { ...init, headers, redirect: 'manual' })
      this.#keepCookies(url, response.headers.getSetCookie())
      const location = response.headers.get('location')
      if (location === null) return { url, status: response.status, text: await response.text() }
      await response.body?.cancel()
      url = new URL(location, url).href
      init = {}
    }
    throw new Error(`more than ${mostRedirects} redirects, the last to ${url}`)
  }

  #cookiesFor(url: string, isFromElsewhere: boolean): string {
    const cookies = this.#cookies.get(new URL(url).hostname) ?? new Map<string, Cookie>()
    return [...cookies]
      .filter(([, { sameSite }]) => !isFromElsewhere || (sameSite !== 'lax' && sameSite !== 'strict'))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ')
  }

  #keepCookies(url: string, lines: readonly string[]): void {
    const { hostname } = new URL(url)
    const cookies = this.#cookies.get(hostname) ?? new Map<string, Cookie>()
    this.#cookies.set(hostname, cookies)
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(/;\s*/)
      const [name = '', value = ''] = pair.split(/=(.*)/s)
      const sameSite =
        attributes
          .find(each => /^samesite=/i.test(each))
          ?.slice(9)
          .toLowerCase() ?? ''
      const isGone = attributes.some(each => /^max-age=0$/i.test(each))
      if (isGone) cookies.delete(name)
      else cookies.set(name, { value, sameSite })
    }
  }
}

const unescaped = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
