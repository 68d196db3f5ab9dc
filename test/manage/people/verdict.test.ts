// The verdict held against what really happens: in each situation somebody tries every way in.
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { Refusal } from '../../../src/base/refusal.ts'
import { unseal } from '../../../src/base/seal.ts'
import { digestOf } from '../../../src/base/secret.ts'
import { emailOutcome, samlOutcome, type Verdict } from '../../../src/domain/access-verdict.ts'
import { followLink } from '../../../src/login/follow-link.ts'
import { requestLink } from '../../../src/login/link.ts'
import { operatorCaller } from '../../../src/manage/caller.ts'
import { changeDomain, type DomainPatch } from '../../../src/manage/domains/domains.ts'
import { removeMember } from '../../../src/manage/members.ts'
import { findSubject, findSubjectByAddress } from '../../../src/manage/people/subject.ts'
import { readVerdict } from '../../../src/manage/people/verdict.ts'
import type { Mail } from '../../../src/outside/mail/message.ts'
import { type Db, transact } from '../../../src/store/db.ts'
import { type Invite, insertInvite } from '../../../src/store/organization/invites.ts'
import { updateMember } from '../../../src/store/organization/members.ts'
import { ensurePerson } from '../../../src/store/organization/people.ts'
import { mailKind, outboxPurpose } from '../../../src/store/records/outbox.ts'
import { insertUser } from '../../../src/store/resources/users.ts'
import { eachDatabase } from '../../database.ts'
import { type Connected, codeOn, openWorld, respond, type World } from '../../http/saml/world.ts'

const withoutSaml: DomainPatch = { saml_entity_id: null, saml_acs_url: null, saml_x509_cert: null }

class Situation {
  readonly world: World
  readonly domain: Connected
  address: string

  constructor(world: World, domain: Connected) {
    this.world = world
    this.domain = domain
    this.address = `ada@${domain.name}`
  }

  get db(): Db {
    return this.world.ctx.db
  }
  readonly patch = (patch: DomainPatch, { id, organizationId }: Connected = this.domain) =>
    changeDomain(this.world.ctx, operatorCaller(organizationId), { id, patch })
  readonly member = () => this.world.addMember(this.domain.organizationId, this.address)
  readonly enforce = async (domain = this.domain) => {
    await this.db
      .updateTable('domains')
      .set({ saml_tested_at: '2026-01-01T00:00:00.000Z' })
      .where('id', '=', domain.id)
      .execute()
    await this.patch({ sso_enforcement: 'saml' }, domain)
  }
  readonly unverify = () =>
    this.db
      .updateTable('domains')
      .set({ verified_at: null, verified_by: null })
      .where('id', '=', this.domain.id)
      .execute()
  readonly suspend = async () => {
    const personId = await this.member()
    const updated_at = this.world.ctx.now().toISOString()
    await updateMember(this.db, this.domain.organizationId, { personId, status: 'suspended', updated_at })
  }
  readonly user = async (active: 0 | 1) => {
    const now = this.world.ctx.now().toISOString()
    const person = await ensurePerson(this.db, {
      email: this.address,
      firstName: '',
      lastName: '',
      isEmailVerified: true,
      now,
    })
    const user = {
      domain_id: this.domain.id,
      id: newId(),
      person_id: person.id,
      user_name: newId(),
      display_name: null,
      external_id: null,
      email: this.address,
      active,
      created_at: now,
      updated_at: now,
      version: 1,
      doc: '{}',
    }
    await transact(this.db, tx => insertUser(tx, user))
  }
  readonly invite = (minutes = 60) => {
    const now = this.world.ctx.now()
    const row = {
      organization_id: this.domain.organizationId,
      id: newId(),
      target_email: this.address,
      first_name: '',
      level: 8,
      message: '',
      digest: digestOf(newId()),
      private_project_access: '[]',
      created_by: null,
      created_at: now.toISOString(),
      updated_at: now.toISOString(),
      expires_at: new Date(now.getTime() + minutes * 60_000).toISOString(),
    }
    return insertInvite(this.db, row as Invite)
  }

  /** Of the organization: the facts that the verdict rests on, and the verdict. */
  async read() {
    const { ctx } = this.world
    const caller = operatorCaller(this.domain.organizationId)
    const byAddress = await findSubjectByAddress(ctx, caller, this.address)
    const found = 'otherId' in byAddress ? await findSubject(ctx, caller, byAddress.otherId) : byAddress
    if ('otherId' in found) throw new Error('sent on twice')
    return readVerdict(ctx, caller, found.subject)
  }

  /** What the way came to, or the code of the refusal. */
  async arriveAt({ id, ...domain }: Connected): Promise<string | undefined> {
    const browser = this.world.browser()
    const away = await browser.ask(`/saml/${id}/login`)
    if (away.status !== 302) return codeOn(away)
    const { requestId, relayState } = await browser.start(`/saml/${id}/login`)
    const SAMLResponse = respond(this.world, { id, ...domain }, { email: this.address, requestId })
    const response = await browser.answer({ id, ...domain }, { SAMLResponse, RelayState: relayState })
    return response.status === 303 ? 'in' : codeOn(response)
  }

  #mails() {
    return this.db.selectFrom('outbox').selectAll().where('kind', '=', mailKind).execute()
  }

  async takeLink(): Promise<string> {
    const { ctx } = this.world
    await this.db.deleteFrom('outbox').execute()
    try {
      await requestLink(ctx, { email: this.address })
    } catch (error) {
      if (error instanceof Refusal) return error.code
      throw error
    }
    // Nobody waits for the mail, and whether there will be one is not told.
    let items = await this.#mails()
    for (let round = 0; round < 5 && items.length === 0; round++) {
      await sleep(60)
      items = await this.#mails()
    }
    const [mail] = items.map(
      item => JSON.parse(unseal(ctx.config.secrets, item.sealed, outboxPurpose)) as Mail,
    )
    const token = /\/login\/link\/([\w-]+)/.exec(mail?.text ?? '')?.[1]
    if (token === undefined) return 'no_membership'
    const { session } = await followLink(ctx, token, { ip: null, requestId: newId() })
    const row = await this.db
      .selectFrom('sessions')
      .selectAll()
      .where('id', '=', session.id)
      .executeTakeFirstOrThrow()
    return row.organization_id === this.domain.organizationId ? 'open' : 'no_membership'
  }
}

interface Expected {
  readonly saml: string
  readonly email: string
  readonly verdict: Verdict['can'] | (Verdict & { can: 'no' })['why'] | 'invite' | 'jit'
}

const table: readonly (readonly [
  situation: string,
  prepare: (it: Situation) => Promise<unknown>,
  expected: Expected,
  emailLinks?: false,
])[] = [
  ['a member', it => it.member(), { saml: 'membership', email: 'open', verdict: 'yes' }],
  [
    'a member where SAML is enforced',
    async it => [await it.member(), await it.enforce()],
    { saml: 'membership', email: 'sso_enforced', verdict: 'yes' },
  ],
  [
    'a suspended member',
    it => it.suspend(),
    { saml: 'saml_user_deactivated', email: 'no_membership', verdict: 'deactivated' },
  ],
  [
    'a suspended member with JIT on and an invite',
    async it => [await it.suspend(), await it.patch({ jit_provisioning_enabled: true }), await it.invite()],
    { saml: 'saml_user_deactivated', email: 'no_membership', verdict: 'deactivated' },
  ],
  [
    'an active member whose only user is not',
    async it => [await it.member(), await it.user(0)],
    { saml: 'saml_user_deactivated', email: 'open', verdict: 'yes' },
  ],
  [
    'the same without links by mail',
    async it => [await it.member(), await it.user(0)],
    { saml: 'saml_user_deactivated', email: 'email_links_disabled', verdict: 'deactivated' },
    false,
  ],
  [
    'a member with two users, one of them active',
    async it => [await it.member(), await it.user(0), await it.user(1)],
    { saml: 'membership', email: 'open', verdict: 'yes' },
  ],
  [
    'somebody unknown',
    async () => {},
    { saml: 'saml_jit_disabled', email: 'no_membership', verdict: 'stranger' },
  ],
  [
    'somebody unknown with JIT on',
    it => it.patch({ jit_provisioning_enabled: true }),
    { saml: 'jit', email: 'no_membership', verdict: 'jit' },
  ],
  [
    'somebody with an invite',
    it => it.invite(),
    { saml: 'invite', email: 'no_membership', verdict: 'invite' },
  ],
  [
    'somebody with an invite, without SAML',
    async it => [await it.invite(), await it.patch(withoutSaml)],
    { saml: 'saml_not_configured', email: 'no_membership', verdict: 'invited' },
  ],
  [
    'somebody whose invite has expired',
    it => it.invite(-1),
    { saml: 'saml_jit_disabled', email: 'no_membership', verdict: 'invite_expired' },
  ],
  [
    'somebody with an invite whom the directory has deactivated',
    async it => [await it.user(0), await it.invite()],
    { saml: 'saml_user_deactivated', email: 'no_membership', verdict: 'deactivated' },
  ],
  [
    'somebody who was removed',
    async it => removeMember(it.world.ctx, operatorCaller(it.domain.organizationId), await it.member()),
    { saml: 'saml_jit_disabled', email: 'no_membership', verdict: 'removed' },
  ],
  [
    'a member of another organization alone',
    async it => it.world.addMember((await it.world.another()).organizationId, it.address),
    { saml: 'saml_jit_disabled', email: 'no_membership', verdict: 'stranger' },
  ],
  [
    'a member, without SAML',
    async it => [await it.member(), await it.patch(withoutSaml)],
    { saml: 'saml_not_configured', email: 'open', verdict: 'yes' },
  ],
  [
    'a member, without SAML and without links by mail',
    async it => [await it.member(), await it.patch(withoutSaml)],
    { saml: 'saml_not_configured', email: 'email_links_disabled', verdict: 'saml_incomplete' },
    false,
  ],
  [
    'a member where SAML is enforced and its settings are gone',
    async it => {
      await it.member()
      await it.enforce()
      await it.db
        .updateTable('domains')
        .set({ saml_certificates: null })
        .where('id', '=', it.domain.id)
        .execute()
    },
    { saml: 'saml_not_configured', email: 'sso_enforced', verdict: 'enforced_without_saml' },
  ],
  [
    'a member whose domain is not verified',
    async it => [await it.member(), await it.unverify()],
    { saml: 'saml_domain_unverified', email: 'open', verdict: 'yes' },
  ],
  [
    'the same without links by mail',
    async it => [await it.member(), await it.unverify()],
    { saml: 'saml_domain_unverified', email: 'email_links_disabled', verdict: 'domain_unverified' },
    false,
  ],
  [
    'a member whose domain lost its verification, without links by mail',
    async it => {
      await it.member()
      await it.unverify()
      const lost = { verification_lost_at: '2026-01-01T00:00:00.000Z' }
      await it.db.updateTable('domains').set(lost).where('id', '=', it.domain.id).execute()
    },
    { saml: 'saml_domain_unverified', email: 'email_links_disabled', verdict: 'verification_lost' },
    false,
  ],
  [
    'a member with an address elsewhere',
    async it => {
      it.address = `ada.${newId()}@mail.test`
      await it.member()
    },
    { saml: 'saml_domain_not_allowed', email: 'open', verdict: 'yes' },
  ],
  [
    'the same without links by mail',
    async it => {
      it.address = `ada.${newId()}@mail.test`
      await it.member()
    },
    { saml: 'saml_domain_not_allowed', email: 'email_links_disabled', verdict: 'address_elsewhere' },
    false,
  ],
  [
    'a member with an address on a domain where another organization enforces SAML',
    async it => {
      const { organizationId } = await it.world.another()
      const theirs = await it.world.connect(`theirs.${it.domain.name}`, {}, organizationId)
      await it.enforce(theirs)
      it.address = `ada@${theirs.name}`
      await it.member()
    },
    { saml: 'saml_domain_not_allowed', email: 'sso_enforced', verdict: 'elsewhere' },
  ],
  [
    'a member with an address on another domain of the organization, which has no SAML',
    async it => {
      const second = await it.world.connect(`second.${it.domain.name}`, withoutSaml)
      it.address = `ada@${second.name}`
      await it.member()
    },
    { saml: 'membership', email: 'open', verdict: 'yes' },
  ],
]

describe('the verdict', () => {
  eachDatabase((kind, open) => {
    let db: Db
    beforeAll(async () => {
      db = await open()
    })
    it.each(table.map((row, at) => [row[0] + (row[3] === false ? ', links off' : ''), row, at] as const))(
      'is what happens to %s',
      async (_, [, prepare, expected, emailLinks], at) => {
        const world = await openWorld(db, { emailLinks: emailLinks ?? true, publicRateLimit: 0 })
        const domain = await world.connect(`acme${at}.${kind}.test`)
        const situation = new Situation(world, domain)
        await prepare(situation)
        const { facts, verdict } = await situation.read()

        const said = {
          saml: facts.domains.map(each => [each.name, samlOutcome(facts, each)] as const),
          email: emailOutcome(facts),
        }
        expect(said.saml.find(([name]) => name === domain.name)?.[1]).toBe(expected.saml)
        expect(said.email).toBe(expected.email)
        const word =
          verdict.can === 'no'
            ? verdict.why
            : verdict.can === 'yes' && verdict.by !== 'membership'
              ? verdict.by
              : verdict.can
        expect(word).toBe(expected.verdict)

        // The link first: whoever joins through SAML gets one afterwards.
        expect(await situation.takeLink()).toBe(said.email)
        const isIn = !expected.saml.startsWith('saml_')
        expect(await situation.arriveAt(domain)).toBe(isIn ? 'in' : expected.saml)
        expect(verdict.can === 'yes').toBe(isIn || said.email === 'open')
        if (isIn) expect((await situation.read()).verdict).toMatchObject({ can: 'yes', by: 'membership' })
      },
    )
  })
})
