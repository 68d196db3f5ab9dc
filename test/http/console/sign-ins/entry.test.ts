// One sign-in in the console: why it was refused and how to mend it, its steps, documents and neighbours, and strangers' text in all of them.
import { X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Domain } from '../../../../src/domain/domain.ts'
import { refusalTitles } from '../../../../src/saml/explain.ts'
import type { RefusalCode } from '../../../../src/saml/refusal.ts'
import { replaceDomain } from '../../../../src/store/domain/domains.ts'
import { findPersonByEmail } from '../../../../src/store/organization/people.ts'
import type { SignIn } from '../../../../src/store/sign-in/sign-ins.ts'
import { eachDatabase } from '../../../database.ts'
import { attacker, idp, type Signer } from '../../../saml/keys.ts'
import { make } from '../../../saml/provider.ts'
import { type Console, openConsole, type Visitor } from '../visitor.ts'
import { mostBytes } from '../weight.ts'
import { addSignIn, type Told } from './attempts.ts'

const attack = `"><script>alert(1)</script><img src=x onerror=alert(2)>'\u202egnp.exe\u2066\u200b\u0007</bdi></pre>`

/** Control characters, and those that turn or hide text. */
const unseen = /(?!\n)[\p{Cc}\p{Cf}]/u

const fingerprintOf = ({ certificate }: Signer) => new X509Certificate(certificate).fingerprint256

describe('a sign-in in the console', () => {
  eachDatabase((_, open) => {
    let console: Console
    let admin: Visitor
    let domain: Domain
    beforeAll(async () => {
      console = await openConsole(await open())
      domain = {
        ...console.surface.tenant.domain,
        samlEntityId: 'http://www.okta.com/exk1',
        samlSsoUrl: 'https://acme.okta.com/sso',
        samlCertificates: idp.certificate,
      }
      await replaceDomain(console.surface.ctx.db, domain)
      admin = await console.enter(domain.organizationId, 8, 'admin')
    })
    const ctx = () => console.surface.ctx
    const pageOf = (row: SignIn) => admin.text(`/sign-ins/${row.domain_id}/${row.id}`)
    const show = async (told: Told) => pageOf(await addSignIn(ctx(), domain, told))
    const letterOn = (page: string) => /<pre id="letter"[^>]*>([\s\S]*?)<\/pre>/.exec(page)?.[1] ?? ''

    it.each(refusalTitles)('%s has a headline, a reason, steps and a text to send', async (code, title) => {
      const page = await show({ code: code as RefusalCode })
      expect(page).toContain(`<h1>${title}</h1>`)
      expect(page).toMatch(/<h2>Why<\/h2><p>.{60,}<\/p>/)
      expect(page).toMatch(/To be done by (?:whoever|an administrator|usually)/)
      expect(page).toMatch(/<ol><li>.{10,}<\/li>/)
      expect(page).toContain(`href="/domains/${domain.id}/test"`)
      expect(letterOn(page)).toContain(`Code:     ${code}`)
      expect(letterOn(page)).toContain('What to change')
    })

    it('marks what differs, and says where the field is at this identity provider with our value to paste', async () => {
      const { baseUrl } = ctx().config
      const entityId = `${baseUrl}/saml/${domain.id}/metadata`
      const page = await show({
        code: 'saml_audience_mismatch',
        failed: { name: 'audience', expected: entityId, got: `${entityId}/` },
      })
      expect(page).toContain('metadata<mark>/</mark></bdi>')
      expect(page).toContain('<strong>At Okta:</strong>')
      expect(page).toContain('Audience URI (SP Entity ID)')
      expect(page).toContain(`<code id="entity-id">${entityId}</code>`)
      expect(page).toMatch(/<tr class="is-failed"><th scope="row"[^>]*>Audience/)
      const letter = letterOn(page)
      expect(letter).toContain(`Expected: ${entityId}\n`)
      expect(letter).toContain('At Okta: Applications')
      expect(letter).toContain(`${baseUrl}/saml/${domain.id}/acs`)
    })

    it('says what is wrong with the encryption where that is what is weak', async () => {
      const failed = { name: 'decryption', expected: 'RSA-OAEP', got: 'rsa-1_5' } as const
      const row = await addSignIn(ctx(), domain, { code: 'saml_weak_algorithm', failed })
      const title = 'The assertion is encrypted by a method that is not safe'
      expect(await pageOf(row)).toContain(`<h1>${title}</h1>`)
      expect(await admin.text('/sign-ins')).toContain(`${row.id}">${title}</a>`)
    })

    it('names the field at every identity provider where it is not known which it is', async () => {
      const { domain: plain } = await console.surface.addDomain(domain.organizationId, 'plain.test')
      const page = await pageOf(await addSignIn(ctx(), plain, { code: 'saml_unsigned' }))
      for (const name of ['Okta', 'Entra ID', 'Google', 'OneLogin', 'JumpCloud', 'Ping', 'AD FS', 'Keycloak'])
        expect(page).toContain(`<dt>${name}</dt>`)
      expect(letterOn(page)).not.toContain('Keycloak')
    })

    it('tells both clocks, and the way between request and answer', async () => {
      const at = ctx().now()
      const page = await show({
        code: 'saml_not_yet_valid',
        row: {
          idp_clock_offset_ms: 600_000,
          request_id: '_request1',
          requested_at: new Date(at.getTime() - 12_300).toISOString(),
          request_xml:
            '<samlp:AuthnRequest xmlns:samlp="p" ID="_request1"><samlp:NameIDPolicy/></samlp:AuthnRequest>',
        },
      })
      expect(page).toContain('<span class="state bad">theirs is 10 min ahead</span>')
      expect(page).toContain('here, 12.3 s before the answer came')
      expect(page).toContain('&lt;samlp:AuthnRequest xmlns:samlp=&quot;p&quot; ID=&quot;_request1&quot;&gt;')
      expect(letterOn(page)).toContain('theirs is 10 min ahead')
    })

    it('shows with which certificate it was signed, and which are trusted', async () => {
      const good = await show({ row: { certificate_fingerprint: fingerprintOf(idp) } })
      expect(good).toContain('one of those trusted')
      expect(good).toContain('this one')
      const xml = make({}, { signing: { key: attacker } })
      const bad = await show({
        code: 'saml_wrong_certificate',
        row: { certificate_fingerprint: fingerprintOf(attacker), response_xml: xml },
      })
      expect(bad).toContain('none of those trusted today')
      expect(bad).toContain(fingerprintOf(attacker))
      expect(bad).toContain(fingerprintOf(idp))
    })

    it('says what became of it: who was let in, how, and whether the session is open', async () => {
      const person = await findPersonByEmail(ctx().db, admin.email)
      const session = await ctx().db.selectFrom('sessions').selectAll().executeTakeFirstOrThrow()
      const resultWith = (session_id: string) => ({
        row: {
          email: admin.email,
          person_id: person?.id ?? null,
          result: JSON.stringify({
            by: 'jit',
            level: 8,
            is_new_person: true,
            session_id,
            session_ends_at: session.expires_at,
          }),
        },
      })
      const page = await show(resultWith(session.id))
      expect(page).toContain(
        'Let in as admin, joined by just-in-time provisioning; the person was made by it.',
      )
      expect(page).toContain('The session is open until')
      expect(page).toContain(`<a href="/people/${person?.id}">`)
      expect(page).toContain('<h1>P Q signed in</h1>')
      expect(page).toMatch(/href="\/audit\?request=[\w-]{36}"/)
      expect(letterOn(page)).toBe('')
      expect(await show(resultWith(domain.id))).toContain('The session has ended')
      expect(await show({ row: { kind: 'test' } })).toContain('Nobody was signed in: it was a test.')
    })

    it('says what each attribute is read as, by the mapping of the domain', async () => {
      const page = await show({
        row: {
          attributes: JSON.stringify({ email: ['a***@acme.test'], Role: ['x', 'y'], __proto__x: ['z'] }),
        },
      })
      const cells = [
        ...page.matchAll(
          /<th scope="row" class="full mono"><bdi>([^<]+)<\/bdi><\/th>.*?<td data-label="read as">(?:<span class="soft">)?([^<]+)/g,
        ),
      ]
      expect(cells.map(([, name, use]) => [name, use])).toEqual([
        ['email', 'e-mail address'],
        ['Role', 'groups'],
        ['__proto__x', 'nothing'],
      ])
      expect(page).toContain('x, y')
    })

    it('leads to the neighbours of the domain and to others of the same address', async () => {
      const made: SignIn[] = []
      for (const code of ['saml_replayed', 'saml_request_unknown', 'saml_browser_mismatch'] as const) {
        ctx().clock.advance(1000)
        made.push(await addSignIn(ctx(), domain, { code, row: { email: 'often@acme.test' } }))
      }
      const [older, middle, newer] = made
      const page = middle ? await pageOf(middle) : ''
      expect(page).toContain(`href="/sign-ins/${domain.id}/${older?.id}">← Older`)
      expect(page).toContain(`href="/sign-ins/${domain.id}/${newer?.id}">Newer`)
      expect(page).toContain('Others of <bdi>often@acme.test</bdi>')
      expect(page.split('The response was used before')).toHaveLength(2)
    })

    it('shows rows of before, which have no times, without them', async () => {
      const steps = [{ name: 'transport', outcome: 'passed', expected: null, got: null }]
      const page = await show({ row: { steps: JSON.stringify(steps) } })
      expect(page).toContain('one response came, whole and not too large')
      expect(page).not.toContain('Took')
    })

    it('keeps the name of a person out of the text to send, beyond the address', async () => {
      const page = await show({
        code: 'saml_email_missing',
        failed: { name: 'email', expected: 'an address', got: 'NameID "employee-4711" and attributes: cn' },
        row: { name_id: 'employee-4711' },
      })
      expect(page).toContain('employee-4711')
      expect(letterOn(page)).not.toContain('employee-4711')
    })

    it('weighs little, however much came', async () => {
      const { domain: plain } = await console.surface.addDomain(domain.organizationId, 'heavy.test')
      const long = '"'.repeat(2000)
      const names = Array.from({ length: 80 }, (_, at): [string, string[]] => [`${at}${long}`, [long, long]])
      const row: Partial<SignIn> = {
        name_id: long,
        attributes: JSON.stringify(Object.fromEntries(names)),
        response_xml: `<a ${`b='${long}'`}>${`<c d='${long}'>${long}</c>`.repeat(100)}</a>`,
        request_xml: `<a>${`<b>${'""'}</b>`.repeat(1000)}</a>`,
      }
      const failed = { name: 'email', expected: long, got: `${long}x` } as const
      const page = await pageOf(await addSignIn(ctx(), plain, { code: 'saml_email_missing', failed, row }))
      expect(Buffer.byteLength(page)).toBeLessThan(mostBytes)
    })

    it('shows whatever came as text that does nothing, and no more than a page can hold', async () => {
      const huge = '<b a="">'.repeat(30_000)
      const hostile = [
        `<!DOCTYPE x [<!ENTITY e "${attack}">]><samlp:Response ${attack}><!-- ${attack} --><a>${attack}</a></samlp:Response>`,
        huge,
        '<'.repeat(100_000),
        `<a ${'"<a \''.repeat(20_000)}`,
        `<a>${'&'.repeat(100_000)}</a>`,
        '\u202e'.repeat(50_000),
      ]
      for (const xml of hostile) {
        const attributes = { [attack]: [attack, huge], [huge]: [attack], ['x'.repeat(100_000)]: [] }
        const row: Partial<SignIn> = {
          name_id: attack,
          email: `${attack}@acme.test`,
          trace_id: attack,
          ip: attack,
          attributes: JSON.stringify(attributes),
          response_xml: xml,
          request_xml: xml,
        }
        const started = performance.now()
        const page = await show({
          code: 'saml_malformed',
          failed: { name: 'xml', expected: attack, got: `${attack}${huge}`.slice(0, 500) },
          row,
        })
        expect(performance.now() - started).toBeLessThan(2000)
        expect(page).not.toMatch(/<script>|<img|<b a|onerror=alert\(2\)>(?!&)/)
        expect(page).not.toMatch(unseen)
        expect(Buffer.byteLength(page)).toBeLessThan(mostBytes)
        expect(letterOn(page)).not.toMatch(unseen)
      }
      const list = await admin.text('/sign-ins')
      expect(list).not.toMatch(/<script>|<img/)
      expect(list).not.toMatch(unseen)
    })
  })
})
