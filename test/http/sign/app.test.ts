// The page behind the secret link: 200 with the form, 404 for a dead link, 409 for a second signature.
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eachDatabase } from '../../database.ts'
import { type Client, type Installation, install } from '../api/client.ts'
import { createSigner, type Signer } from './signer.ts'

describe('sign', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    let signer: Signer
    let owner: Client
    let organizationId: string
    beforeAll(async () => {
      installation = await install(await open(), { publicRateLimit: 0 })
      signer = createSigner(installation)
    })
    beforeEach(async () => {
      ;({ owner, organizationId } = await installation.another())
    })
    const submit = (changes = {}) => signer.submit(owner, organizationId, changes)
    const rowOf = (id: string) =>
      installation.ctx.db
        .selectFrom('legal_documents')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirstOrThrow()

    it('shows the agreement with the company in it, escaped, and the form; again and again', async () => {
      const { path } = await submit({ company_name: '<b>Acme</b> **x** {{date}} [y](z)' })
      for (let times = 1; times <= 2; times++) {
        const { status, headers, html } = await signer.open(path)
        expect(status).toBe(200)
        expect(html).toContain('Data Processing Agreement')
        expect(html).toContain('&lt;b&gt;Acme&lt;/b&gt; **x** {{date}} [y](z)')
        expect(html).not.toContain('<b>')
        expect(html).toMatch(/<form method="post">[\s\S]*name="name"[\s\S]*name="title"[\s\S]*name="agree"/)
        expect(headers.get('content-security-policy')).toMatch(
          /^default-src 'none'; style-src 'nonce-[\w+/=]+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
        )
        expect(headers.get('cache-control')).toBe('no-store')
        expect(headers.get('x-robots-tag')).toBe('noindex')
      }
    })

    it('signs once: thanks, and 409 for a second time', async () => {
      const { id, path } = await submit()
      const thanks = await signer.sign(path)
      expect([thanks.status, thanks.html.includes('Thank you')]).toEqual([200, true])
      const again = await signer.sign(path, { name: 'Eve', title: 'Thief', agree: 'yes' })
      expect([again.status, again.html.includes('signed already')]).toEqual([409, true])
      expect((await signer.sign(path, {})).status).toBe(409)
      expect(JSON.parse((await rowOf(id)).signature ?? '')).toMatchObject({ name: 'Ada Lovelace' })
      const later = await signer.open(path)
      expect([later.status, later.html.includes('<form')]).toEqual([200, false])
    })

    it('of several signatures at once one counts', async () => {
      const { path } = await submit()
      const answers = await Promise.all([1, 2, 3, 4].map(() => signer.sign(path)))
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
    })

    it('a dead link is 404, whatever is done with it', async () => {
      const { path } = await submit()
      const dead = [`${path}x`, path.slice(0, -1), '/sign/x', '/sign/%00', '/sign/', '/sign', `${path}/x`]
      for (const link of dead) {
        expect((await signer.open(link)).status).toBe(404)
        expect((await signer.sign(link)).status).toBe(404)
      }
      expect((await signer.open('/sign/x')).html).toContain('leads nowhere')
    })

    it.each([
      [{ name: '', title: 'CEO', agree: 'yes' }, 'full name'],
      [{ name: ' \u0000\n ', title: 'CEO', agree: 'yes' }, 'full name'],
      [{ name: 'Ada', title: '', agree: 'yes' }, 'your title'],
      [{ name: 'Ada', title: 'CEO' }, 'tick the box'],
      [{ name: 'Ada', title: 'CEO', agree: 'no' }, 'tick the box'],
      [{ name: 'x'.repeat(201), title: 'CEO', agree: 'yes' }, '200 characters'],
    ] as [Record<string, string>, string][])(
      '%j is 400 with the form, and nothing is signed',
      async (fields, says) => {
        const { id, path } = await submit()
        const answer = await signer.sign(path, fields)
        expect([answer.status, answer.html.includes(says), answer.html.includes('<form')]).toEqual([
          400,
          true,
          true,
        ])
        expect((await rowOf(id)).status).toBe('submitted_for_signature')
        expect((await signer.sign(path)).status).toBe(200)
      },
    )

    it('what was typed comes back escaped; a form that is too large is 413', async () => {
      const { path } = await submit()
      const { html } = await signer.sign(path, { name: '"><script>alert(1)</script>', title: '' })
      expect(html).toContain('&quot;&gt;&lt;script&gt;')
      expect(html).not.toContain('<script')
      expect((await signer.sign(path, { name: 'x'.repeat(20_000) })).status).toBe(413)
    })

    it('records who, when and from where, and the log tells of it', async () => {
      const { id, path } = await submit()
      installation.ctx.clock.advance(60_000)
      await signer.open(path)
      installation.ctx.clock.advance(60_000)
      await signer.sign(path, { name: '  Юлія\tҐалаґан ', title: 'CEO', agree: 'yes' })
      const row = await rowOf(id)
      const signature = JSON.parse(row.signature ?? '')
      expect(signature).toMatchObject({ name: 'Юлія Ґалаґан', title: 'CEO', user_agent: 'Browser/1.0' })
      expect(Date.parse(row.opened_at ?? '') - Date.parse(row.created_at)).toBeGreaterThanOrEqual(60_000)
      expect(Date.parse(signature.signed_at) - Date.parse(row.opened_at ?? '')).toBeGreaterThanOrEqual(60_000)
      const log = await owner('GET', `/api/organizations/${organizationId}/audit_log?target_id=${id}`)
      expect((log.body.results as unknown[])[0]).toMatchObject({
        action: 'legal_document.signed',
        actor: { type: 'user', id: null, label: 'ada@lovelace.test' },
        changes: { status: { before: 'submitted_for_signature', after: 'signed' } },
      })
    })

    it('the text is the template’s of the day it was submitted, which the operator may replace', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'gatehouse-agreements-'))
      try {
        writeFileSync(
          join(folder, 'DPA.md'),
          '# Ours\n\nBetween {{provider_name}} and {{ company_name }}, {{unknown}}.',
        )
        const own = await install(installation.ctx.db, { agreementsDir: folder, agreementParty: 'Babbage*' })
        const { owner, organizationId } = await own.another()
        const theirs = createSigner(own)
        const { id, path } = await theirs.submit(owner, organizationId)
        writeFileSync(join(folder, 'DPA.md'), '# Changed')
        expect((await theirs.open(path)).html).toContain(
          '<p>Between Babbage* and Lovelace &amp; Söhne &lt;GmbH&gt;, {{unknown}}.</p>',
        )
        const { agreement } = await rowOf(id)
        expect(agreement).toBe('# Ours\n\nBetween Babbage\\* and Lovelace & Söhne \\<GmbH\\>, {{unknown}}.')
        const other = await theirs.submit(owner, organizationId, { document_type: 'BAA' })
        expect((await theirs.open(other.path)).html).toContain('Business Associate Agreement')
      } finally {
        rmSync(folder, { recursive: true })
      }
    })

    it('the stored file holds the text that was signed, whose digest it certifies', async () => {
      const { id, path } = await submit()
      await signer.sign(path)
      await signer.worker.deliverDue()
      const { agreement, organization_id } = await rowOf(id)
      const place = join(
        installation.ctx.config.dataDir,
        'files/legal-documents',
        organization_id,
        `${id}.pdf`,
      )
      const pdf = readFileSync(place).toString('latin1')
      expect(pdf).toMatch(/^%PDF-1\.7/)
      expect(pdf).toContain('/EmbeddedFile')
      expect(
        createHash('sha256')
          .update(agreement ?? '')
          .digest('hex'),
      ).toMatch(/^[0-9a-f]{64}$/)
    })

    it('one address that asks too often hears 429', async () => {
      const strict = await install(installation.ctx.db, { publicRateLimit: { perMinute: 1, burst: 2 } })
      const pages = createSigner(strict)
      const statuses = [await pages.open('/sign/x'), await pages.open('/sign/x'), await pages.open('/sign/x')]
      expect(statuses.map(({ status }) => status)).toEqual([404, 404, 429])
    })
  })
})
