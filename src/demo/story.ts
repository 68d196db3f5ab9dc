// What happens when the demo begins: two directories push, some of it goes wrong, and one person signs in.
import { nameOf, type Person } from './directory.ts'
import type { IdentityProvider } from './provider.ts'
import { DirectoryClient } from './push/client.ts'
import { entra } from './push/entra.ts'
import { okta } from './push/okta.ts'
import { Visitor } from './visitor.ts'

/** How many of the people come from Okta; the others, and the groups, from Entra ID. */
const fromOkta = 15

export async function pushEverybody({ directory, pusher, application }: IdentityProvider): Promise<void> {
  const wrongToken = { ...application.scim, token: 'a-token-that-was-never-issued' }
  await okta.probe(new DirectoryClient(wrongToken, okta.userAgent))

  const [ada, grace, alan] = directory.people
  if (!ada || !grace || !alan) throw new Error('expected a directory of people')
  const pushOkta = () => pusher.push(directory.people.slice(0, fromOkta))
  pusher.dialect = okta
  await pushOkta()
  // As a retry after a lost answer looks: without the match before it.
  await okta.create(new DirectoryClient(application.scim, okta.userAgent), ada)
  directory.change(ada.id, { title: `Principal ${ada.title}` })
  directory.change(alan.id, { isActive: false })
  await pushOkta()
  directory.change(alan.id, { isActive: true })
  await pushOkta()

  pusher.dialect = entra
  await pusher.push(directory.people, directory.groups)
  directory.change(grace.id, { isActive: false })
  await pusher.push(directory.people, directory.groups)
  pusher.dialect = okta
}

export interface SignedIn {
  readonly person: string
  /** Where it ended, and how that was answered. */
  readonly url: string
  readonly status: number
  readonly cookies: readonly string[]
}

/** Gatehouse sends the visitor to the provider, which sends them back with its answer. */
export async function signInOnce({ application }: IdentityProvider, person: Person): Promise<SignedIn> {
  const visitor = new Visitor()
  const hint = encodeURIComponent(person.address)
  const choice = await visitor.open(`${application.loginUrl}?login_hint=${hint}`)
  const handOff = await visitor.submit(choice, { person: person.id })
  const { url, status } = await visitor.submit(handOff)
  return { person: nameOf(person), url, status, cookies: visitor.cookieNames(url) }
}
