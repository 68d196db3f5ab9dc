// The pretend identity provider itself: a directory, its credentials, and the one application its people sign in to.
import type { Clock } from '../base/clock.ts'
import type { Directory, Person } from './directory.ts'
import type { LogAccess } from './logs.ts'
import type { Target } from './push/client.ts'
import { Pusher } from './push/pusher.ts'
import { type Credentials, makeResponse } from './saml/answer.ts'
import { makeCredential } from './saml/credential.ts'
import type { Fault } from './saml/faults.ts'
import { metadataXml } from './saml/metadata.ts'
import { shapes } from './saml/shapes.ts'
import { type ServiceProvider, stateTruly } from './saml/statement.ts'

/** What Gatehouse is told about the provider. */
export interface Identity {
  readonly entityId: string
  readonly ssoUrl: string
  readonly metadata: string
  readonly credentials: Credentials
}

/** What the provider is told about Gatehouse. */
export interface Application {
  readonly serviceProvider: ServiceProvider
  /** Where a sign-in begins that the provider does not begin. */
  readonly loginUrl: string
  readonly scim: Target
  /** What an administrator over there can read about the sign-ins. */
  readonly logs: LogAccess
}

interface Setup {
  readonly identity: Identity
  readonly directory: Directory
  readonly application: Application
  readonly now: Clock
}

export interface SignIn {
  readonly person: Person
  readonly fault: Fault | undefined
  /** The request that is answered; undefined when nobody asked. */
  readonly inResponseTo: string | undefined
}

export function makeIdentity(url: string, now: Date): Identity {
  const credentials = {
    own: makeCredential('demo identity provider', now),
    other: makeCredential('somebody else', now),
  }
  const names = { entityId: `${url}/metadata`, ssoUrl: `${url}/sso` }
  return { ...names, metadata: metadataXml({ ...names, credential: credentials.own }), credentials }
}

export class IdentityProvider {
  readonly identity: Identity
  readonly directory: Directory
  readonly application: Application
  readonly pusher: Pusher
  readonly #now: Clock
  #lastGoodId: string | undefined

  constructor({ identity, directory, application, now }: Setup) {
    this.identity = identity
    this.directory = directory
    this.application = application
    this.pusher = new Pusher(application.scim)
    this.#now = now
  }

  /** The form field SAMLResponse, in the shape of the maker whose SCIM is spoken. */
  respond({ person, fault, inResponseTo }: SignIn): string {
    const truth = stateTruly({
      issuer: this.identity.entityId,
      serviceProvider: this.application.serviceProvider,
      inResponseTo,
      person,
      group: this.directory.groups.find(({ name }) => name === person.group),
      now: this.#now(),
    })
    const { samlResponse, assertionId } = makeResponse(truth, {
      shape: shapes[this.pusher.dialect.name],
      fault,
      credentials: this.identity.credentials,
      before: { assertionId: this.#lastGoodId },
    })
    if (!fault) this.#lastGoodId = assertionId
    return samlResponse
  }

  pushAll(): Promise<void> {
    return this.pusher.push(this.directory.people, this.directory.groups)
  }
}
