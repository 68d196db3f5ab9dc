// The operator's days: all organizations at a glance, a look into one of them, and the state of the installation.
import { beforeAll, expect, it } from 'vitest'
import { owner } from '../../src/commands/demo-setup.ts'
import { grantOperator } from '../../src/manage/operators/rights.ts'
import { enqueue, mailKind } from '../../src/store/records/outbox.ts'
import { onSite } from './site.ts'

onSite('the operator', site => {
  beforeAll(async () => {
    await grantOperator(site.ctx, owner)
  })

  it('makes an organization for a customer, looks into it, and leaves it', async () => {
    const page = await site.openPage('/')
    await page.getByRole('link', { name: 'Operator' }).click()
    await page.getByLabel('Name').fill('Globex')
    await page.getByLabel('Owner’s e-mail address').fill('it@globex.test')
    await page.getByRole('button', { name: 'Make organization' }).click()
    expect(await page.getByRole('status').textContent()).toContain('it@globex.test')
    await page.keyboard.press('/')
    await page.keyboard.type('glob')
    await page.keyboard.press('Enter')
    await page.waitForURL(/q=glob/)
    await page.getByRole('button', { name: 'Open globex' }).click()
    await page.waitForURL(`${site.ctx.config.baseUrl}/`)
    expect(await page.getByRole('complementary').textContent()).toContain(
      'You look at Globex as the operator',
    )
    await site.inspect('operator-inside', '/')
    await page.getByRole('link', { name: 'Audit log' }).click()
    expect(await page.textContent('main')).toContain('operator.entered')
    await page.getByRole('button', { name: 'Leave' }).click()
    await page.waitForURL(/\/operator$/)
    expect(await page.getByRole('complementary').count()).toBe(0)
  }, 120_000)

  it('goes straight into an organization that is their own', async () => {
    const page = await site.openPage('/operator')
    await page.getByRole('button', { name: 'Open acme' }).click()
    await page.waitForURL(`${site.ctx.config.baseUrl}/`)
    expect(await page.getByRole('complementary').count()).toBe(0)
    await page.getByRole('rowheader').getByRole('link', { name: 'acme.test' }).waitFor()
  })

  it('tries the ways out, and makes a backup', async () => {
    const page = await site.openPage('/operator/system')
    await page.getByRole('button', { name: 'Send a test mail to me' }).click()
    await page.getByText('Written into a file').waitFor()
    await page.getByLabel('TXT record').fill('_gatehouse-challenge.acme.invalid')
    await page.getByRole('button', { name: 'Look it up' }).click()
    await page.getByText(/An answer came|No answer/).waitFor({ timeout: 20_000 })
    await page.getByRole('button', { name: 'Write, read and remove a file' }).click()
    await page.getByText('Written, read, removed').waitFor()
    await page.getByRole('button', { name: 'Backup now' }).click()
    await page.getByText('The database was copied to').waitFor()
    await page.getByText(/^All \d+ settings$/).click()
    expect(await page.getByText('set, not shown').count()).toBeGreaterThan(0)
  }, 60_000)

  it('tries again or drops what could not be sent', async () => {
    const { db, config } = site.ctx
    for (const to of ['nobody@globex.test', 'gone@globex.test']) {
      const payload = { to, subject: 'Your sign-in link', text: 'x', html: 'x' }
      await enqueue(db, config.secrets, { kind: mailKind, payload, now: '2199-01-01T00:00:00.000Z' })
    }
    await db
      .updateTable('outbox')
      .set({ attempts: 4, last_error: '550 5.1.1 no such mailbox here', dead_at: '2026-01-01T00:00:00.000Z' })
      .execute()
    const page = await site.openPage('/operator/system')
    await site.inspect('operator-system', '/operator/system')
    const rowOf = (name: RegExp) => page.locator('#outbox').getByRole('row', { name })
    const row = rowOf(/gone@globex\.test/)
    await row.getByText('Drop …').click()
    await row.getByRole('button', { name: 'Drop it' }).click()
    await page.getByText('never sent').waitFor()
    await rowOf(/nobody@globex\.test/)
      .getByRole('button', { name: 'Try now' })
      .click()
    await page.getByText('tried again').waitFor()
    expect(await rowOf(/gone@globex\.test/).count()).toBe(0)
  }, 120_000)

  it('looks right in every width and light', async () => {
    await site.inspect('operator', '/operator')
    await site.inspect('operator-nothing', '/operator?q=nothing-like-this')
  }, 120_000)
})
