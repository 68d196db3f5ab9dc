// The domain that the loads push into: its token, its people, and the calls an identity provider makes.

import type { Load } from './load.ts'
import { runCommand } from './processes.ts'

export class ScimTarget {
  readonly #domainId: string
  readonly #token: string
  readonly #ids: string[] = []
  #made = 0
  #turn = 0

  private constructor(domainId: string, token: string) {
    this.#domainId = domainId
    this.#token = token
  }

  static async make(env: Record<string, string>): Promise<ScimTarget> {
    const json = ['--json']
    const made = JSON.parse(
      await runCommand(['bootstrap', '--organization', 'Bench', '--owner', 'owner@bench.test', ...json], env),
    )
    const words = [
      'domain',
      'add',
      'bench.test',
      '--organization',
      made.organization_id,
      '--verified',
      '--scim',
    ]
    const domain = JSON.parse(await runCommand([...words, ...json], env))
    return new ScimTarget(domain.id, domain.scim_bearer_token)
  }

  /** Makes `count` people and remembers their ids. */
  async fill(server: string, count: number): Promise<void> {
    for (let index = 0; index < count; index++) {
      const response = await fetch(`${this.#base(server)}/Users`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${this.#token}`, 'Content-Type': 'application/scim+json' },
        body: JSON.stringify(this.#someone()),
      })
      if (response.status !== 201)
        throw new Error(`create answered ${response.status}: ${await response.text()}`)
      const { id }: { id: string } = JSON.parse(await response.text())
      this.#ids.push(id)
    }
  }

  loads(server: string): [string, Load][] {
    const base = this.#base(server)
    const { pathname } = new URL(base)
    const common = { url: base, token: this.#token }
    const match = encodeURIComponent('userName eq "person500@bench.test"')
    const create = () => ({ method: 'POST' as const, path: `${pathname}/Users`, body: this.#someone() })
    return [
      ['match', { ...common, url: `${base}/Users?filter=${match}&startIndex=1&count=100` }],
      ['read', { ...common, next: () => ({ method: 'GET', path: `${pathname}/Users/${this.#anyId()}` }) }],
      ['create', { ...common, next: create }],
      ['create alone', { ...common, connections: 1, next: create }],
      [
        'patch',
        {
          ...common,
          next: () => ({ method: 'PATCH', path: `${pathname}/Users/${this.#anyId()}`, body: this.#toggle() }),
        },
      ],
      [
        'put',
        {
          ...common,
          next: () => ({ method: 'PUT', path: `${pathname}/Users/${this.#anyId()}`, body: this.#renamed() }),
        },
      ],
    ]
  }

  #base(server: string): string {
    return `${server}/scim/v2/${this.#domainId}`
  }

  #anyId(): string {
    this.#turn += 1
    return this.#ids[this.#turn % this.#ids.length] ?? ''
  }

  #toggle(): object {
    return {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', value: { active: Math.floor(this.#turn / this.#ids.length) % 2 === 1 } }],
    }
  }

  /** The whole of the person whose turn it is, with a title that changes. */
  #renamed(): object {
    const name = `person${(this.#turn % this.#ids.length) + 1}`
    return { ...person(name), title: `Engineer ${this.#turn}` }
  }

  #someone(): object {
    this.#made += 1
    return person(`person${this.#made}`)
  }
}

function person(name: string): object {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: `${name}@bench.test`,
    name: { givenName: name, familyName: 'Bench' },
    emails: [{ primary: true, value: `${name}@bench.test`, type: 'work' }],
    displayName: `${name} Bench`,
    externalId: `ext-${name}`,
    active: true,
  }
}
