// What an identity provider states about somebody who signs in, before it is put into words and signed.
import { randomUUID } from 'node:crypto'
import type { Group, Person } from '../directory.ts'

/** Where people sign in to, as Gatehouse's metadata say. */
export interface ServiceProvider {
  readonly entityId: string
  readonly acsUrl: string
}

export interface Statement {
  readonly issuer: string
  readonly audience: string
  readonly recipient: string
  readonly destination: string
  /** The request that is answered; undefined when nobody asked. */
  readonly inResponseTo: string | undefined
  readonly assertionId: string
  readonly issuedAt: Date
  readonly notBefore: Date
  readonly notOnOrAfter: Date
  readonly person: Person
  readonly group: Group | undefined
  /** The address as it is told; nothing about addresses is said when undefined. */
  readonly address: string | undefined
  /** Instead of the name that the shape would give; markup when it is marked as such. */
  readonly nameId: string | undefined
  readonly signature: 'good' | 'other key' | 'sha1' | 'none'
  readonly isRefused: boolean
}

export interface Occasion {
  readonly issuer: string
  readonly serviceProvider: ServiceProvider
  readonly inResponseTo: string | undefined
  readonly person: Person
  readonly group: Group | undefined
  readonly now: Date
}

const minuteMs = 60_000

export const minutesFrom = (date: Date, minutes: number): Date =>
  new Date(date.getTime() + minutes * minuteMs)

/** The truth. */
export function stateTruly({ serviceProvider, now, ...occasion }: Occasion): Statement {
  return {
    ...occasion,
    audience: serviceProvider.entityId,
    recipient: serviceProvider.acsUrl,
    destination: serviceProvider.acsUrl,
    assertionId: `_${randomUUID()}`,
    issuedAt: now,
    notBefore: minutesFrom(now, -5),
    notOnOrAfter: minutesFrom(now, 5),
    address: occasion.person.address,
    nameId: undefined,
    signature: 'good',
    isRefused: false,
  }
}
