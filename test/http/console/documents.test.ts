// The pages of legal documents: the trail of each, what is stuck and goes on, and what nobody else may see.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/base/id.ts'
import { createFilesApp } from '../../../src/http/files/app.ts'
import { eachDatabase } from '../../database.ts'
import { createSigner, type Signer } from '../sign/signer.ts'
import { type Console, openConsole, type Visitor } from './visitor.ts'

const fields = {
  document_type: 'DPA',
  company_name: 'Lovelace & Söhne',
  company_address: 'Analytical Lane 1, London',
  representative_email: 'Ada@lovelace.test',
}
const script = '<script>alert(1)</script>\u202e'

describe('legal documents in the console', () => {
  eachDatabase((_, open) => {
    let console: Console
    let signer: Signer
    let organizationId: string
    let admin: Visitor
    let serial = 0
    const send = { isFailing: false }
    beforeAll(async () => {
      console = await openConsole(await open())
      const { ctx } = console.surface
      const { sendMail } = ctx
      const outage: typeof sendMail = async (mail, key) => {
        if (send.isFailing) throw new Error(`451 try later ${script}`)
        return sendMail(mail, key)
      }
      Object.assign(ctx, { sendMail: outage })
      signer = createSigner({ ctx })
    })
    /** One of a type is all that an organization can have, so each test has its own. */
    beforeEach(async () => {
      send.isFailing = false
      serial += 1
      ;({ organizationId } = await console.surface.addTenant(`documents-${serial}.test`))
      admin = await console.enter(organizationId, 8)
    })

    const submit = async (changes: Partial<typeof fields> = {}) => {
      await signer.worker.deliverDue()
      const response = await admin.submit('/documents', { ...fields, ...changes, act: 'submit' })
      expect(response.status).toBe(303)
      const [path = ''] = (response.headers.get('location') ?? '').split('?')
      return path
    }
    const mailed = async () => {
      await signer.worker.deliverDue()
      return /\/sign\/[\w-]{43}/.exec(console.surface.ctx.mails.at(-1)?.text ?? '')?.[0] ?? ''
    }
    /** The steps with what is said of each: `done`, `now` or `later`, and its words. */
    const trailOf = async (path: string, by = admin) =>
      [
        ...(await by.text(path)).matchAll(
          /<li class="(\w+)"><strong>(\w+)<\/strong> <span>(.*?)<\/span><\/li>/g,
        ),
      ].map(([, place, name, words = '']) => [name, place, words.replaceAll(/<[^>]*>/g, '')])
    const at = expect.stringMatching(/^\d+ s ago$/)

    it('follow a document from the form to the file, each step with its time', async () => {
      const path = await submit()
      expect(await trailOf(path)).toEqual([
        ['Made', 'done', at],
        ['Sent', 'now', 'at any moment'],
        ['Viewed', 'later', 'later'],
        ['Signed', 'later', 'later'],
        ['Stored', 'later', 'later'],
      ])
      const link = await mailed()
      expect((await trailOf(path))[2]).toEqual(['Viewed', 'now', 'not opened yet'])
      await admin.text(path)
      expect((await trailOf(path))[2]).toEqual(['Viewed', 'now', 'not opened yet'])
      await signer.open(link)
      console.surface.ctx.clock.advance(120_000)
      await signer.open(link)
      expect((await trailOf(path)).slice(2)).toEqual([
        ['Viewed', 'done', '2 min ago'],
        ['Signed', 'now', 'not signed yet'],
        ['Stored', 'later', 'later'],
      ])
      expect((await admin.open(`${path}/download`)).status).toBe(404)
      expect((await signer.sign(link)).status).toBe(200)
      expect((await trailOf(path)).slice(3)).toEqual([
        ['Signed', 'done', at],
        ['Stored', 'now', 'at any moment'],
      ])
      await signer.worker.deliverDue()
      expect((await trailOf('/documents'))[4]).toEqual(['Stored', 'done', at])
      const page = await admin.text(path)
      expect(page).toContain('<bdi>Ada Lovelace</bdi>, <bdi>Chief Executive</bdi>')
      expect(page).not.toContain('Send the link again')
      const answer = await admin.open(`${path}/download`)
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([302, 'no-store'])
      const file = await createFilesApp(console.surface.ctx).request(answer.headers.get('location') ?? '')
      expect((await file.text()).slice(0, 5)).toBe('%PDF-')
    })

    it('show the text before it is submitted and afterwards, as whoever signs sees it', async () => {
      const preview = await admin.submit('/documents', { ...fields, act: 'preview' })
      const shown = await preview.text()
      const paper = /<article class="paper".*?<\/article>/s
      expect([preview.status, shown]).toEqual([
        200,
        expect.stringContaining('<strong>Lovelace &amp; Söhne</strong>'),
      ])
      expect(shown).toContain('value="Ada@lovelace.test"')
      expect(await admin.text('/documents')).toContain('No document has been submitted yet.')
      const path = await submit()
      const text = paper.exec(await admin.text(path))?.[0]
      expect(paper.exec(shown)?.[0]).toBe(text)
      expect((await signer.open(await mailed())).html).toContain(text)
    })

    it.each([
      [{ company_name: '  ' }, 'Company'],
      [{ company_name: 'x'.repeat(256) }, 'Company'],
      [{ company_address: '' }, 'Address of the company'],
      [{ representative_email: 'nobody' }, 'Who signs'],
      [{ representative_email: '' }, 'Who signs'],
      [{ document_type: 'NDA' }, 'Document'],
    ])('refuse %j by the field, and keep what was typed', async (changes, label) => {
      for (const act of ['submit', 'preview']) {
        const response = await admin.submit('/documents', { ...fields, ...changes, act })
        const page = await response.text()
        expect([response.status, page]).toEqual([400, expect.stringContaining(`<strong>${label}:</strong>`)])
        expect(page).toContain(
          label === 'Address of the company'
            ? 'value="Lovelace &amp; Söhne"'
            : 'value="Analytical Lane 1, London"',
        )
      }
    })

    it('take one of a kind, and offer the other', async () => {
      await submit()
      const second = await admin.submit('/documents', { ...fields, act: 'submit' })
      expect([second.status, await second.text()]).toEqual([
        400,
        expect.stringContaining('The organization has a DPA already.'),
      ])
      const page = await admin.text('/documents')
      expect(page).toContain('<option value="BAA">')
      expect(page).not.toContain('<option value="DPA"')
      await submit({ document_type: 'BAA' })
      expect(await admin.text('/documents')).toContain('The organization has one of each kind')
    })

    it('send the link again: the first one is dead, and after five times an hour it is enough', async () => {
      const path = await submit()
      const first = await mailed()
      const again = await admin.submit(`${path}/resend`)
      expect([again.status, again.headers.get('location')]).toEqual([303, `${path}?done=resent`])
      expect((await trailOf(path))[1]).toEqual(['Sent', 'now', 'at any moment'])
      const second = await mailed()
      expect(second).not.toBe(first)
      expect([(await signer.open(first)).status, (await signer.open(second)).status]).toEqual([404, 200])
      for (let n = 1; n < 5; n++) await admin.submit(`${path}/resend`)
      const sixth = await admin.submit(`${path}/resend`)
      expect([sixth.status, await sixth.text()]).toEqual([429, expect.stringContaining('5 times an hour')])
      const mails = console.surface.ctx.mails.length
      await signer.worker.deliverDue()
      // Of four that waited one after the other, the last one is the only one that opens anything.
      expect(console.surface.ctx.mails).toHaveLength(mails + 1)
      expect((await signer.sign(await mailed())).status).toBe(200)
      expect(await admin.text('/audit?action=legal_document.resent')).toContain(admin.email)
      const signed = await admin.submit(`${path}/resend`)
      expect([signed.status, await signed.text()]).toEqual([
        400,
        expect.stringContaining('this one is signed'),
      ])
    })

    it('say why the mail fails, try it again at once, and keep its link', async () => {
      send.isFailing = true
      const path = await submit()
      await signer.worker.deliverDue()
      const page = await admin.text(path)
      expect(page).toContain('451 try later &lt;script&gt;')
      expect(page).not.toContain('\u202e')
      expect(page).toMatch(/failing<\/span>: the mail, 1 attempt so far, the next <time/)
      expect((await trailOf(path))[1]).toEqual(['Sent', 'now', 'failing'])
      console.surface.ctx.clock.advance(4 * 24 * 3_600_000)
      admin = await console.enter(organizationId, 8)
      await signer.worker.deliverDue()
      expect(await admin.text(path)).toMatch(/given up<\/span>: the mail, 2 attempts so far, no further one/)
      send.isFailing = false
      const retried = await admin.submit(`${path}/retry`)
      expect(retried.headers.get('location')).toBe(`${path}?done=retried`)
      expect((await signer.open(await mailed())).status).toBe(200)
      expect((await trailOf(path))[1]).toEqual(['Sent', 'done', at])
      expect(await admin.text('/audit?action=legal_document.retried')).toContain(admin.email)
      const nothing = await admin.submit(`${path}/retry`)
      expect([nothing.status, await nothing.text()]).toEqual([
        409,
        expect.stringContaining('waits for whoever signs'),
      ])
    })

    it('put what was signed into the storage once it can be reached again, also when nothing waits any more', async () => {
      const path = await submit()
      await signer.sign(await mailed())
      const { ctx } = console.surface
      const { files } = ctx
      const put = async () => {
        throw new Error('the bucket is away')
      }
      Object.assign(ctx, { files: { ...files, put } })
      await signer.worker.deliverDue()
      expect(await admin.text(path)).toContain('the bucket is away')
      expect(await admin.text(path)).toContain('signed, not stored')
      Object.assign(ctx, { files })
      await ctx.db
        .deleteFrom('outbox')
        .where('about', '=', path.split('/').at(-1) ?? '')
        .execute()
      expect(await admin.text(path)).toContain('nothing is on its way any more')
      expect((await admin.submit(`${path}/retry`)).status).toBe(303)
      await signer.worker.deliverDue()
      expect((await trailOf(path))[4]).toEqual(['Stored', 'done', at])
    })

    it('open for the signer although the opening cannot be noted', async () => {
      const path = await submit()
      const link = await mailed()
      const { ctx } = console.surface
      const { now } = ctx
      Object.assign(ctx, {
        now: () => {
          throw new Error('no time')
        },
      })
      const { status } = await signer.open(link)
      Object.assign(ctx, { now })
      expect(status).toBe(200)
      expect((await trailOf(path))[2]).toEqual(['Viewed', 'now', 'not opened yet'])
    })

    it('are nobody else’s: other organizations, members, strangers', async () => {
      const path = await submit()
      const link = await mailed()
      const other = await console.surface.addTenant(`strange-${serial}.test`)
      const stranger = await console.enter(other.organizationId, 15)
      const member = await console.enter(organizationId, 1)
      expect(await stranger.text('/documents')).not.toContain('Lovelace')
      for (const [visitor, status] of [
        [stranger, 404],
        [member, 403],
      ] as const) {
        for (const each of [path, `${path}/download`]) expect((await visitor.open(each)).status).toBe(status)
        for (const act of ['resend', 'retry'])
          expect((await visitor.submit(`${path}/${act}`)).status).toBe(status)
      }
      expect((await member.open('/documents')).status).toBe(403)
      expect((await member.submit('/documents', { ...fields, act: 'submit' })).status).toBe(403)
      expect((await admin.submit(`${path}/resend`, { csrf: 'x' })).status).toBe(403)
      for (const each of ['/documents/x', `/documents/${newId()}`, `/documents/${newId()}/download`])
        expect((await admin.open(each)).status).toBe(404)
      expect((await signer.open(link)).status).toBe(200)
    })

    it('show hostile names inert, to the administrator and to whoever signs', async () => {
      const path = await submit({
        company_name: `${script} **x**`,
        company_address: `"><img src=x onerror=alert(2)>${script}`,
      })
      await admin.submit('/documents', {
        ...fields,
        document_type: 'BAA',
        company_name: script,
        act: 'preview',
      })
      const pages = [
        await admin.text(path),
        await admin.text('/documents'),
        (await signer.open(await mailed())).html,
      ]
      for (const page of pages) {
        expect(page).toContain('&lt;script&gt;')
        for (const raw of ['<script>alert', '<img src=x', '\u202e']) expect(page).not.toContain(raw)
      }
    })
  })
})
