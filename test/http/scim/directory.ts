// Users and groups made over HTTP, for tests that begin when they are there.
import { expect } from 'vitest'
import { person, type Surface } from './surface.ts'

export const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group'

export const group = (displayName: string, rest: object = {}) => ({
  schemas: [groupSchema],
  displayName,
  ...rest,
})

export interface Made {
  readonly id: string
}

export function makeDirectory({ ask }: Surface) {
  const make = async (path: string, body: object): Promise<Made> => {
    const answer = await ask('POST', path, { body })
    expect(answer.status, answer.text).toBe(201)
    return answer.body
  }
  const user = (name: string, changes: object = {}) => make('/Users', person(name, changes))
  return {
    user,
    /** Their ids, in order. */
    users: async (name: string, count: number): Promise<string[]> => {
      const ids: string[] = []
      for (let index = 0; index < count; index++) ids.push((await user(`${name}${index}`)).id)
      return ids
    },
    group: (displayName: string, members: readonly string[] = [], rest: object = {}) =>
      make('/Groups', group(displayName, { ...rest, members: members.map(value => ({ value })) })),
    /** The ids of the members of a group as they are shown. */
    membersOf: async (id: string): Promise<string[]> => {
      const { body } = await ask('GET', `/Groups/${id}?attributes=members.value`)
      return (body.members ?? []).map((member: { value: string }) => member.value)
    },
  }
}
