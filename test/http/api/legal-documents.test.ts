// Legal documents over HTTP (section 6, S15 to S18), signed by this server: from the submission to the file.
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { createFilesApp } from '../../../src/http/files/app.ts'
import { eachDatabase } from '../../database.ts'
import { createSigner, type Signer, submission } from '../sign/signer.ts'
import { type Client, errorOf, type Installation, install, invalid } from './client.ts'

const missing = { status: 404, type: 'invalid_request', code: 'not_found', attr: null }

describe('legal documents', () => {
  eachDatabase((_, open) => {
    let installation: Installation
    let signer: Signer
    let owner: Client
    let base: string
    beforeAll(async () => {
      installation = await install(await open())
      signer = createSigner(installation)
    })
    /** One of a type is all that an organization can have, so each test has its own. */
    const another = async () => {
      const made = await installation.another()
      owner = made.owner
      base = `/api/organizations/${made.organizationId}/legal_documents`
      return made
    }
    const create = (changes: object = {}) => owner('POST', base, { body: { ...submission, ...changes } })

    describe('POST (S16)', () => {
      it('answers the document, without the address; the representative gets a mail with a secret link', async () => {
        const { organizationId } = await another()
        const { status, body } = await create()
        expect([status, body]).toEqual([
          201,
          {
            id: expect.stringMatching(/^[0-9a-f-]{36}$/),
            document_type: 'DPA',
            company_name: submission.company_name,
            representative_email: 'ada@lovelace.test',
            status: 'submitted_for_signature',
            created_by: { first_name: '', email: expect.stringMatching(/^owner\d+@acme\.test$/) },
            created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          },
        ])
        await signer.worker.deliverDue()
        const mail = installation.ctx.mails.at(-1)
        expect(mail?.to).toBe('ada@lovelace.test')
        expect(mail?.text).toMatch(/http:\/\/127\.0\.0\.1:3000\/sign\/[\w-]{43}\n/)
        expect(mail?.html).toContain('Lovelace &amp; Söhne &lt;GmbH&gt;')
        const rows = installation.ctx.db.selectFrom('legal_documents').selectAll()
        const row = await rows.where('organization_id', '=', organizationId).executeTakeFirstOrThrow()
        const [, secret = ''] = /\/sign\/([\w-]{43})/.exec(mail?.text ?? '') ?? []
        expect(JSON.stringify(row)).not.toContain(secret)
      })

      it.each([
        [{ document_type: undefined }, 'required', 'document_type'],
        [{ document_type: 'NDA' }, 'invalid_choice', 'document_type'],
        [{ document_type: 5 }, 'invalid_input', 'document_type'],
        [{ document_type: null }, 'null', 'document_type'],
        [{ company_name: undefined }, 'required', 'company_name'],
        [{ company_name: '  ' }, 'blank', 'company_name'],
        [{ company_name: 'x'.repeat(256) }, 'max_length', 'company_name'],
        [{ company_name: 'a\u0000b' }, 'invalid_input', 'company_name'],
        [{ company_name: undefined, company_address: undefined }, 'required', 'company_name'],
        [{ representative_email: undefined }, 'required', 'representative_email'],
        [{ representative_email: 'nobody' }, 'invalid_input', 'representative_email'],
        [{ representative_email: 'a@b.test\r\nBcc: c@d.test' }, 'invalid_input', 'representative_email'],
        [{ representative_email: 'a,b@c.test' }, 'invalid_input', 'representative_email'],
        [{ representative_email: 'a>b@c.test' }, 'invalid_input', 'representative_email'],
        [{ representative_email: `${'a'.repeat(250)}@b.test` }, 'max_length', 'representative_email'],
        [{ company_address: undefined }, 'required', 'company_address'],
        [{ company_address: '' }, 'blank', 'company_address'],
        [{ company_address: 'x'.repeat(513) }, 'max_length', 'company_address'],
      ])('refuses %j with %s on %s', async (changes, code, attr) => {
        await another()
        expect(errorOf(await create(changes))).toEqual(invalid(code, attr))
        expect((await owner('GET', base)).body.count).toBe(0)
      })

      it('an empty body is required on the first field', async () => {
        await another()
        expect(errorOf(await owner('POST', base))).toEqual(invalid('required', 'document_type'))
      })

      it('one of each type: a second is unique on document_type, whatever else is wrong with it', async () => {
        await another()
        expect((await create()).status).toBe(201)
        expect(errorOf(await create())).toEqual(invalid('unique', 'document_type'))
        expect(errorOf(await create({ company_name: '' }))).toEqual(invalid('unique', 'document_type'))
        expect((await create({ document_type: 'BAA' })).status).toBe(201)
      })

      it('of several at once one is made, and one mail goes out', async () => {
        await another()
        await signer.worker.deliverDue()
        const before = installation.ctx.mails.length
        const answers = await Promise.all([create(), create(), create(), create()])
        expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400])
        await signer.worker.deliverDue()
        expect(installation.ctx.mails.length - before).toBe(1)
      })

      it('is in the audit log', async () => {
        const { organizationId } = await another()
        await create()
        const log = await owner('GET', `/api/organizations/${organizationId}/audit_log`)
        expect((log.body.results as unknown[])[0]).toMatchObject({
          action: 'legal_document.submitted',
          target: { type: 'legal_document', label: `DPA of ${submission.company_name}` },
        })
      })
    })

    describe('GET (S15, S17)', () => {
      it('lists the newest first, a page at a time; retrieves one', async () => {
        await another()
        const { body: first } = await create()
        const { body: second } = await create({ document_type: 'BAA' })
        expect((await owner('GET', base)).body).toEqual({
          count: 2,
          next: null,
          previous: null,
          results: [second, first],
        })
        expect((await owner('GET', `${base}?limit=1&offset=1`)).body).toMatchObject({ results: [first] })
        expect((await owner('GET', `${base}/${first.id}`)).body).toEqual(first)
      })

      it('is for administrators with the scope, reads too', async () => {
        const { organizationId } = await another()
        const { body } = await create()
        const member = await installation.memberOf(organizationId, 1)
        const admin = await installation.memberOf(organizationId, 8, ['legal_document:read'])
        const without = await installation.memberOf(organizationId, 15, ['organization:write'])
        for (const path of [base, `${base}/${body.id}`, `${base}/${body.id}/download`])
          for (const client of [member, without]) expect((await client('GET', path)).status).toBe(403)
        expect((await admin('GET', `${base}/${body.id}`)).status).toBe(200)
        expect((await admin('POST', base, { body: submission })).status).toBe(403)
      })

      it('a malformed id, one that is not there and one of another organization are missing', async () => {
        await another()
        const { body } = await create()
        const stranger = await installation.another()
        const theirs = `/api/organizations/${stranger.organizationId}/legal_documents/${body.id}`
        for (const path of [`${base}/x`, `${base}/${newId()}`, `${base}/x/download`])
          expect(errorOf(await owner('GET', path))).toEqual(missing)
        for (const path of [theirs, `${theirs}/download`])
          expect(errorOf(await stranger.owner('GET', path))).toEqual(missing)
      })
    })

    describe('GET /download (S18)', () => {
      it('404 until the signed file is really stored, then 302 to a link that lives a minute', async () => {
        const { organizationId } = await another()
        const { id, path } = await signer.submit(owner, organizationId)
        const download = () => owner('GET', `${base}/${id}/download`)
        expect(errorOf(await download())).toEqual(missing)
        expect((await signer.sign(path)).status).toBe(200)
        expect((await owner('GET', `${base}/${id}`)).body.status).toBe('signed')
        expect(errorOf(await download())).toEqual(missing)
        await signer.worker.deliverDue()
        const answer = await download()
        expect([answer.status, answer.headers.get('cache-control')]).toEqual([302, 'no-store'])
        const location = answer.headers.get('location') ?? ''
        expect(location).toMatch(/^http:\/\/127\.0\.0\.1:3000\/files\//)

        const files = createFilesApp(installation.ctx)
        const file = await files.request(location)
        expect(file.status).toBe(200)
        expect(file.headers.get('content-type')).toBe('application/pdf')
        expect(file.headers.get('content-disposition')).toBe(`attachment; filename="DPA-${id}.pdf"`)
        expect(file.headers.get('cache-control')).toBe('no-store')
        expect((await file.text()).slice(0, 5)).toBe('%PDF-')

        expect((await files.request(location.replace(/expires=\d/, 'expires=9'))).status).toBe(403)
        installation.ctx.clock.advance(61_000)
        expect((await files.request(location)).status).toBe(403)
        expect((await files.request((await download()).headers.get('location') ?? '')).status).toBe(200)
      })
    })
  })
})
