// The calls of the load: what an identity provider asks of a domain with many people.

import { type PushTarget, personCalled } from '../push-target.ts'
import { inParallel } from './in-parallel.ts'
import type { Asked, Load } from './load.ts'

/** The people who are there already, `person0@acme.test` and so on. */
export interface People {
  readonly count: number
  idAt(index: number): string
}

/** Pushes people as an identity provider does. */
export async function pushPeople(server: string, target: PushTarget, count: number): Promise<People> {
  const made = await inParallel(count, index => target.create(server, `person${index}`))
  return { count, idAt: index => made[index]?.id ?? '' }
}

/** So many people are asked for by turns where requests are written beforehand. */
const asked = 500

type Writing = 'create' | 'patch' | 'put'
type Reading = 'match' | 'read' | 'list'

export class Calls {
  readonly #target: PushTarget
  readonly #people: People
  #made = 0
  #turn = 0
  #mixedTurn = 0

  constructor(target: PushTarget, people: People) {
    this.#target = target
    this.#people = people
  }

  reading(server: string, call: Reading): Load {
    const requests = Array.from({ length: asked }, () => this[call]())
    return { url: server, token: this.#target.token, requests }
  }

  writing(server: string, call: Writing): Load {
    return { url: server, token: this.#target.token, next: () => this[call]() }
  }

  /** Anybody's name each time, so that no page of a large file is always the one that is read. */
  matchingAnybody(server: string): Load {
    return { url: server, token: this.#target.token, next: () => this.match() }
  }

  /** So many of all kinds, as fast as they are answered: half of them look for somebody. */
  async sendMixed(server: string, count: number): Promise<void> {
    const headers = {
      Authorization: `Bearer ${this.#target.token}`,
      'Content-Type': 'application/scim+json',
    }
    await inParallel(count, async () => {
      const { method, path, body } = this.#mixed()
      const response = await fetch(server + path, {
        method,
        headers,
        ...(body && { body: JSON.stringify(body) }),
      })
      await response.arrayBuffer()
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`)
    })
  }

  #mixed(): Asked {
    const others = ['read', 'patch', 'create', 'put', 'list'] as const
    this.#mixedTurn += 1
    const isMatch = this.#mixedTurn % 2 === 0
    return isMatch ? this.match() : this[others[(this.#mixedTurn >> 1) % others.length] ?? 'read']()
  }

  match(): Asked {
    return { method: 'GET', path: `${this.#path}?filter=${this.#filter()}&startIndex=1&count=100` }
  }

  read(): Asked {
    return { method: 'GET', path: this.#one() }
  }

  list(): Asked {
    return { method: 'GET', path: `${this.#path}?startIndex=1&count=100` }
  }

  create(): Asked {
    this.#made += 1
    return { method: 'POST', path: this.#path, body: personCalled(`newcomer${this.#made}`) }
  }

  patch(): Asked {
    const path = this.#one()
    const active = Math.floor(this.#turn / this.#people.count) % 2 === 1
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']
    return { method: 'PATCH', path, body: { schemas, Operations: [{ op: 'replace', value: { active } }] } }
  }

  /** The whole of the person whose turn it is, with a title that changes. */
  put(): Asked {
    const path = this.#one()
    const name = `person${this.#turn % this.#people.count}`
    return { method: 'PUT', path, body: { ...personCalled(name), title: `Engineer ${this.#turn}` } }
  }

  get #path(): string {
    return `/scim/v2/${this.#target.domainId}/Users`
  }

  #one(): string {
    this.#turn += 1
    return `${this.#path}/${this.#people.idAt(this.#turn % this.#people.count)}`
  }

  #filter(): string {
    const index = Math.floor(Math.random() * this.#people.count)
    return encodeURIComponent(`userName eq "person${index}@acme.test"`)
  }
}
