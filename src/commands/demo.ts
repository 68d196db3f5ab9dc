// `demo`: a throw-away server, two directories that push into it over HTTP, and the log of what happened.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isLoopback } from '../base/net-address.ts'
import { Refusal } from '../base/refusal.ts'
import type { Environment } from '../config.ts'
import { readConfig, withKeptSecret } from '../config.ts'
import { directoryOf } from '../demo/directory.ts'
import { entraClient, pushLikeEntra } from '../demo/entra.ts'
import { createTwice, oktaClient, pushLikeOkta } from '../demo/okta.ts'
import { readLog, tableOf } from '../demo/report.ts'
import { bootstrap } from '../manage/bootstrap.ts'
import { addDomain } from '../manage/domain-claim.ts'
import { enterAsOperator } from '../manage/operator.ts'
import { openWith } from './open.ts'
import { say } from './output.ts'
import { untilToldToStop } from './serve.ts'
import { type RunningServer, startServer } from './server.ts'

const company = 'acme.test'
const owner = `owner@${company}`

export const demoCommand =
  (env: Environment) =>
  async ({ exit = false }: { exit?: boolean }): Promise<void> => {
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-demo-'))
    try {
      const server = await startServer(await openWith(demoConfig(env, folder)))
      try {
        await showPush(server)
        if (!exit) await untilToldToStop()
      } finally {
        await server.stop()
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

/** The operator's settings, but for the data, which are thrown away, and the address, which must be this machine. */
function demoConfig(env: Environment, folder: string) {
  const { GATEHOUSE_DATABASE_URL: _, ...rest } = env
  const config = withKeptSecret(readConfig({ GATEHOUSE_PORT: '0', ...rest, GATEHOUSE_DATA_DIR: folder }))
  const host = new URL(config.baseUrl).hostname
  if (!isLoopback(host)) {
    throw new Refusal(
      'invalid',
      'not_loopback',
      `The demo runs on this machine only; GATEHOUSE_BASE_URL names ${host}.`,
    )
  }
  return config
}

async function showPush({ ctx }: RunningServer): Promise<void> {
  const { organization_id, api_key } = await bootstrap(ctx, { organization: 'Acme', owner })
  const domain = await addDomain(ctx, await enterAsOperator(ctx, organization_id), {
    name: company,
    verified: true,
    scim: true,
  })
  const { scim_base_url: scim, scim_bearer_token: token } = domain
  if (scim === null || token === null) throw new Error('the domain came without a SCIM token')

  const people = directoryOf(company)
  const okta = people.slice(0, 15)
  await oktaClient(scim, 'a-token-that-was-never-issued').send('GET', '/Users?startIndex=1&count=1')
  await pushLikeOkta(oktaClient(scim, token), okta)
  for (const entry of okta.slice(0, 1)) await createTwice(oktaClient(scim, token), entry)
  await pushLikeEntra(entraClient(scim, token), people.slice(15))

  const api = `${ctx.config.baseUrl}/api/organizations/${organization_id}/domains/${domain.id}`
  const rows = await waitForLog(api, api_key)
  say(`\n${tableOf(rows)}\n`)
  say(
    `${people.length} people were pushed into ${company}, ${okta.length} as Okta does it, the others as Entra ID does.`,
  )
  say(`\nGatehouse serves on at ${ctx.config.baseUrl} until Ctrl-C; nothing of it is kept.`)
  say(`  API key (owner)     ${api_key}`)
  say(`  the domain          curl -H "Authorization: Bearer ${api_key}" ${api}`)
  say(`  its SCIM log        curl -H "Authorization: Bearer ${api_key}" ${api}/scim/logs`)
  say(`  SCIM base URL       ${scim}`)
  say(`  SCIM bearer token   ${token}`)
  say(
    `  push someone        curl -H "Authorization: Bearer ${token}" -H "Content-Type: application/scim+json" \\`,
  )
  say(`                        -d '{"userName":"you@${company}"}' ${scim}/Users`)
}

/** The log is written within 100 ms of an answer; the report waits until the last row is there. */
async function waitForLog(api: string, key: string): Promise<Awaited<ReturnType<typeof readLog>>> {
  let before = -1
  for (;;) {
    const rows = await readLog(api, key)
    if (rows.length === before) return rows
    before = rows.length
    await new Promise(resolve => setTimeout(resolve, 250))
  }
}
