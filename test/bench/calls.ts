// The calls of the load: what an identity provider asks of a domain with many people.

import { type PushTarget, personCalled } from '../push-target.ts'
import type { Load } from './load.ts'

export class Calls {
  readonly #target: PushTarget
  readonly #ids: string[] = []
  #made = 0
  #turn = 0

  constructor(target: PushTarget) {
    this.#target = target
  }

  /** Makes `count` people and remembers their ids. */
  async fill(server: string, count: number): Promise<void> {
    for (let index = 0; index < count; index++) {
      const { id } = await this.#target.create(server, this.#nextName())
      this.#ids.push(id)
    }
  }

  loads(server: string): [string, Load][] {
    const path = `/scim/v2/${this.#target.domainId}/Users`
    const common = { url: `${server}${path}`, token: this.#target.token }
    const match = encodeURIComponent('userName eq "person500@acme.test"')
    const create = () => ({ method: 'POST' as const, path, body: personCalled(this.#nextName()) })
    const one = () => `${path}/${this.#nextId()}`
    return [
      ['match', { ...common, url: `${server}${path}?filter=${match}&startIndex=1&count=100` }],
      ['read', { ...common, next: () => ({ method: 'GET', path: one() }) }],
      ['create', { ...common, next: create }],
      ['create alone', { ...common, connections: 1, next: create }],
      ['patch', { ...common, next: () => ({ method: 'PATCH', path: one(), body: this.#toggle() }) }],
      ['put', { ...common, next: () => ({ method: 'PUT', path: one(), body: this.#retitled() }) }],
    ]
  }

  #nextId(): string {
    this.#turn += 1
    return this.#ids[this.#turn % this.#ids.length] ?? ''
  }

  #nextName(): string {
    this.#made += 1
    return `person${this.#made}`
  }

  #toggle(): object {
    const active = Math.floor(this.#turn / this.#ids.length) % 2 === 1
    return {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', value: { active } }],
    }
  }

  /** The whole of the person whose turn it is, with a title that changes. */
  #retitled(): object {
    return {
      ...personCalled(`person${(this.#turn % this.#ids.length) + 1}`),
      title: `Engineer ${this.#turn}`,
    }
  }
}
