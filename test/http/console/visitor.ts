// The console over a real database: an organization with a domain, and people who are signed in to it.
import { newId } from '../../../src/base/id.ts'
import type { Config } from '../../../src/config.ts'
import { operatorActor } from '../../../src/domain/actor.ts'
import { createConsoleApp } from '../../../src/http/console/app.ts'
import { createAssetsApp } from '../../../src/http/look/assets.ts'
import { csrfTokenOf } from '../../../src/http/own-pages.ts'
import { type Db, transact } from '../../../src/store/db.ts'
import { ensureMember } from '../../../src/store/organization/members.ts'
import { ensurePerson, updatePerson } from '../../../src/store/organization/people.ts'
import { openSession } from '../../../src/store/sign-in/opening.ts'
import { openSurface, type Surface } from '../scim/surface.ts'

export type Fields = Readonly<Record<string, string | readonly string[]>>

/** The body of a form. */
export const encoded = (fields: Fields): string =>
  new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) =>
      [value].flat().map((each): [string, string] => [name, each]),
    ),
  ).toString()

export interface Visitor {
  readonly email: string
  readonly secret: string
  open(path: string, headers?: Record<string, string>): Promise<Response>
  /** As a form of our own pages sends it; boxes of one name have several values. */
  submit(path: string, fields?: Fields, headers?: Record<string, string>): Promise<Response>
  /** The same with a body of any kind. */
  send(path: string, body: string | ArrayBuffer, headers: Record<string, string>): Promise<Response>
  text(path: string): Promise<string>
}

export interface Console {
  readonly surface: Surface
  readonly lifecycle: { draining: boolean }
  /** Nobody. */
  readonly stranger: Visitor
  enter(organizationId: string, level: number, name?: string): Promise<Visitor>
}

export async function openConsole(db: Db, overrides: Partial<Config> = {}): Promise<Console> {
  const surface = await openSurface(db, overrides)
  const { ctx } = surface
  const lifecycle = { draining: false }
  const app = createConsoleApp(ctx, lifecycle)
  const assets = createAssetsApp(ctx)
  const visitorWith = (email: string, secret: string): Visitor => {
    const cookie: Record<string, string> = secret === '' ? {} : { Cookie: `gatehouse=${secret}` }
    const open: Visitor['open'] = async (path, headers = {}) =>
      (path.startsWith('/assets/') ? assets : app).request(path, { headers: { ...cookie, ...headers } })
    const send: Visitor['send'] = async (path, body, headers) =>
      app.request(path, {
        method: 'POST',
        headers: { ...cookie, Origin: ctx.config.baseUrl, ...headers },
        body,
      })
    return {
      email,
      secret,
      open,
      send,
      submit: (path, fields = {}, headers = {}) =>
        send(path, encoded({ csrf: csrfTokenOf(secret), ...fields }), {
          'Content-Type': 'application/x-www-form-urlencoded',
          ...headers,
        }),
      text: async path => (await open(path)).text(),
    }
  }
  const enter: Console['enter'] = async (organizationId, level, name = `person-${newId()}`) => {
    const now = ctx.now()
    const email = `${name}@people.test`
    const person = await ensurePerson(db, {
      email,
      firstName: 'P',
      lastName: 'Q',
      isEmailVerified: true,
      now: now.toISOString(),
    })
    await ensureMember(db, {
      organizationId,
      personId: person.id,
      level,
      origin: 'invite',
      now: now.toISOString(),
    })
    await updatePerson(db, person.id, { current_organization_id: organizationId })
    const session = await transact(db, tx =>
      openSession(tx, ctx.config, {
        person,
        organizationId,
        method: 'email',
        domainId: null,
        endsAt: null,
        actor: operatorActor,
        now,
      }),
    )
    return visitorWith(email, session.secret)
  }
  return { surface, lifecycle, stranger: visitorWith('', ''), enter }
}
