// What is written down about an organization and about the installation, with hostile text in it, and what both keep of others.
import { newId } from '../../../../src/base/id.ts'
import { operatorActor } from '../../../../src/domain/actor.ts'
import type { Db } from '../../../../src/store/db.ts'
import { insertIntegration } from '../../../../src/store/organization/integrations.ts'
import { appendAudit } from '../../../../src/store/records/audit.ts'
import { ensureJob } from '../../../../src/store/records/jobs.ts'
import { appendOperatorLog } from '../../../../src/store/records/operator-log.ts'
import { enqueue } from '../../../../src/store/records/outbox.ts'
import type { TestContext } from '../../../context.ts'
import type { Client } from '../../api/client.ts'
import { hostile, longWord } from './values.ts'

/** The body of what was done. */
export async function expectDone(answered: ReturnType<Client>): Promise<Record<string, unknown>> {
  const { status, body } = await answered
  if (status >= 300)
    throw new Error(`expected it to be done, got ${status} ${JSON.stringify(body).slice(0, 500)}`)
  return body
}

/** Gives what a document is submitted with. */
export async function writeRecords(
  db: Db,
  ctx: TestContext,
  { organizationId, client }: { organizationId: string; client: Client },
) {
  const now = ctx.now().toISOString()
  const base = `/api/organizations/${organizationId}`
  const actor = { ...operatorActor, label: hostile('ActorLabel') }
  await appendAudit(db, organizationId, {
    actor: { ...actor, requestId: hostile('ActorRequest', 100) },
    action: 'organization.changed',
    target: { type: 'organization', id: organizationId, label: hostile('TargetLabel') },
    changes: {
      [hostile('ChangedField', 80)]: {
        before: hostile('Before'),
        after: { [hostile('AfterKey')]: longWord('After', 90_000) },
      },
    },
    now,
  })
  await appendOperatorLog(db, {
    actor,
    action: 'mail.tested',
    target: hostile('OperatorTarget'),
    outcome: hostile('OperatorOutcome'),
    now,
  })
  const id = await enqueue(db, ctx.config.secrets, {
    kind: 'mail',
    payload: { to: hostile('MailTo') },
    organizationId,
    now,
  })
  await db
    .updateTable('outbox')
    .set({ last_error: hostile('OutboxError'), dead_at: now, attempts: 9 })
    .where('id', '=', id)
    .execute()
  await ensureJob(db, { name: 'chores', key: hostile('JobKey'), runAt: now })
  await db
    .updateTable('jobs')
    .set({ last_error: hostile('JobError'), attempts: 3 })
    .execute()
  const { id: project } = await expectDone(
    client('POST', `${base}/projects`, { body: { name: hostile('Project', 128) } }),
  )
  for (const type of ['marketplace', 'connectable'] as const)
    await insertIntegration(db, {
      organization_id: organizationId,
      id: newId(),
      kind: 'vercel',
      type,
      integration_id: hostile(type === 'marketplace' ? 'InstallationId' : 'LinkedId', 200),
      config: JSON.stringify({
        account: { name: hostile('AccountName'), url: 'javascript:alert(1)' },
        environment_mapping: { production: project, preview: 999, development: project },
      }),
      sealed: '',
      pushed_at: null,
      created_by: null,
      created_at: now,
      updated_at: now,
    })
  await expectDone(client('POST', `/api/personal_api_keys`, { body: { label: 'x', scopes: ['*'] } }))
  await db
    .updateTable('api_keys')
    .set({ label: hostile('KeyLabel') })
    .execute()
  return {
    company_name: hostile('Company', 250),
    company_address: hostile('CompanyAddress', 500),
    representative_email: "o'{{7*7}}`zqrepresentative@acme.test",
  }
}
