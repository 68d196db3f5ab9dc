// A domain made by the command line, and the calls with which a directory pushes people into it.

import { runCommand } from './processes.ts'

export interface PushTarget {
  readonly domainId: string
  readonly token: string
  /** Throws with the status unless it is 201. */
  create(server: string, name: string): Promise<{ id: string }>
  /** The ids of the users of this name. */
  match(server: string, name: string): Promise<string[]>
  /** The ids of all users, page by page. */
  listIds(server: string): Promise<string[]>
}

export async function makePushTarget(env: Record<string, string>): Promise<PushTarget> {
  const made = JSON.parse(
    await runCommand(['bootstrap', '--organization', 'Acme', '--owner', 'owner@acme.test', '--json'], env),
  )
  const words = ['domain', 'add', 'acme.test', '--organization', made.organization_id, '--verified', '--scim']
  const domain = JSON.parse(await runCommand([...words, '--json'], env))
  return targetOf(domain.id, domain.scim_bearer_token)
}

function targetOf(domainId: string, token: string): PushTarget {
  const send = async (server: string, path: string, body?: object) => {
    const response = await fetch(`${server}/scim/v2/${domainId}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`)
    return JSON.parse(text)
  }
  const idsOf = (page: { Resources: { id: string }[] }) => page.Resources.map(({ id }) => id)
  return {
    domainId,
    token,
    create: (server, name) => send(server, '/Users', personCalled(name)),
    match: async (server, name) => {
      const filter = encodeURIComponent(`userName eq "${name}@acme.test"`)
      return idsOf(await send(server, `/Users?filter=${filter}`))
    },
    listIds: async server => {
      const ids: string[] = []
      for (;;) {
        const page = await send(server, `/Users?startIndex=${ids.length + 1}&count=200`)
        ids.push(...idsOf(page))
        if (ids.length >= page.totalResults || page.Resources.length === 0) return ids
      }
    },
  }
}

export const personCalled = (name: string) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: `${name}@acme.test`,
  name: { givenName: name, familyName: 'Example' },
  emails: [{ primary: true, value: `${name}@acme.test`, type: 'work' }],
  displayName: `${name} Example`,
  externalId: `ext-${name}`,
  active: true,
})
