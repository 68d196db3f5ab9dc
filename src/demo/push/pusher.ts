// What a directory remembers of the other side, and the pushing of whatever has changed since.
import type { Group, Person } from '../directory.ts'
import { DirectoryClient, type Exchange, isDone, type Target } from './client.ts'
import type { Dialect } from './dialect.ts'
import { okta } from './okta.ts'

export class Pusher {
  dialect: Dialect = okta
  /** The requests of the last push, in their order. */
  exchanges: readonly Exchange[] = []
  readonly #target: Target
  readonly #users = new Map<string, { readonly id: string; readonly pushed: Person }>()
  readonly #groups = new Map<string, { readonly id: string; readonly members: ReadonlySet<string> }>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(target: Target) {
    this.#target = target
  }

  isPushed(person: Person): boolean {
    return this.#users.get(person.id)?.pushed === person
  }

  /** One push after the other. People before groups, which have them as members. */
  push(people: readonly Person[], groups: readonly Group[] = []): Promise<void> {
    const { dialect } = this
    const push = this.#last.then(async () => {
      const client = new DirectoryClient(this.#target, dialect.userAgent)
      this.exchanges = client.exchanges
      await dialect.probe(client)
      for (const person of people) await this.#pushPerson(client, dialect, person)
      for (const group of groups) {
        await this.#pushGroup(client, dialect, {
          group,
          people: people.filter(each => each.group === group.name),
        })
      }
    })
    this.#last = push.catch(() => {})
    return push
  }

  async #pushPerson(client: DirectoryClient, dialect: Dialect, person: Person): Promise<void> {
    const known = this.#users.get(person.id)
    if (!known) {
      const id = (await dialect.match(client, person)) ?? (await dialect.create(client, person)).body?.id
      if (id) this.#users.set(person.id, { id, pushed: person })
      return
    }
    const { id, pushed } = known
    const answers = [
      pushed.isActive !== person.isActive && (await dialect.setActive(client, id, person.isActive)),
      pushed.title !== person.title && (await dialect.update(client, id, person)),
    ]
    if (answers.every(answer => !answer || isDone(answer))) this.#users.set(person.id, { id, pushed: person })
  }

  async #pushGroup(
    client: DirectoryClient,
    dialect: Dialect,
    { group, people }: { group: Group; people: readonly Person[] },
  ): Promise<void> {
    const known = this.#groups.get(group.id)
    const id =
      known?.id ??
      (await dialect.matchGroup(client, group)) ??
      (await dialect.createGroup(client, group)).body?.id
    if (!id) return
    const before = known?.members ?? new Set<string>()
    const wanted = new Set(people.flatMap(person => this.#users.get(person.id)?.id ?? []))
    const changes = { added: [...wanted.difference(before)], removed: [...before.difference(wanted)] }
    const isSame = changes.added.length + changes.removed.length === 0
    const isTold = isSame || isDone(await dialect.changeMembers(client, id, changes))
    this.#groups.set(group.id, { id, members: isTold ? wanted : before })
  }
}
