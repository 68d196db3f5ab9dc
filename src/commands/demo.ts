// `demo`: a throw-away server, an identity provider that pushes into it and signs people in, and the logs of what happened.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isLoopback } from '../base/net-address.ts'
import { Refusal } from '../base/refusal.ts'
import type { Environment } from '../config.ts'
import { readConfig, withKeptSecret } from '../config.ts'
import type { Context } from '../context.ts'
import { type LogAccess, readSamlLog, readScimLog, type ScimRow } from '../demo/logs.ts'
import { signInLine, tableOf } from '../demo/report.ts'
import type { RunningProvider } from '../demo/server.ts'
import { pushEverybody, signInOnce } from '../demo/story.ts'
import { createOwnerLink } from '../login/link.ts'
import { grantOperator } from '../manage/operators/rights.ts'
import { company, owner, setUpDemo } from './demo-setup.ts'
import { openWith } from './open.ts'
import { say } from './output.ts'
import { untilToldToStop } from './serve.ts'
import { startServer } from './server.ts'

export const demoCommand =
  (env: Environment) =>
  async ({ exit = false }: { exit?: boolean }): Promise<void> => {
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-demo-'))
    try {
      const server = await startServer(await openWith(demoConfig(env, folder)))
      try {
        const running = await setUpDemo(server)
        try {
          await show(running, server.ctx)
          if (!exit) await untilToldToStop()
        } finally {
          await running.stop()
        }
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

async function show(running: RunningProvider, ctx: Context): Promise<void> {
  const { provider } = running
  const { logs } = provider.application
  const { people, groups } = provider.directory
  const [ada] = people
  await pushEverybody(provider)
  say(`\n${tableOf(await waitForLog(logs))}\n`)
  say(`${people.length} people and ${groups.length} groups were pushed into ${company}: the first people`)
  say('as Okta does it, the others and the groups as Entra ID does.')
  if (ada) {
    const { person, url, status } = await signInOnce(provider, ada)
    if (status !== 200) throw new Error(`the sign-in of ${person} ended at ${url} with status ${status}`)
    say(`${person} was signed in through SAML and sent on to ${url}:`)
    for (const row of await readSamlLog(logs)) say(`\n${signInLine(row)}`)
  }
  await grantOperator(ctx, owner)
  explain(running, (await createOwnerLink(ctx, owner)).url)
}

function explain({ url, provider }: RunningProvider, consoleUrl: string): void {
  const { loginUrl, scim, logs } = provider.application
  const hint = encodeURIComponent(provider.directory.people[0]?.address ?? '')
  const { origin } = new URL(consoleUrl)
  const domainPath = logs.api.slice(logs.api.indexOf('/domains/'))
  say('\nOpen in a browser, until Ctrl-C; nothing of it is kept:')
  say(`  the console           ${consoleUrl}`)
  say('                        as owner and operator; the link works once, within 15 minutes')
  say(`  the SCIM log, live    ${origin}${domainPath}/scim-log`)
  say('                        in the same browser, then')
  say(`  sign in as Ada        ${loginUrl}?login_hint=${hint}`)
  say('                        in another browser or a private window')
  say(`  the identity provider ${url}/`)
  say('                        people and groups, "Push now", and the tile of Gatehouse, behind which')
  say('                        everything that can go wrong with a sign-in can be switched on')
  say('\nIn a terminal, with')
  say(`  API=${logs.api}`)
  say(`  KEY=${logs.apiKey}     (the owner's API key)`)
  say(`  SCIM=${scim.baseUrl}`)
  say(`  TOKEN=${scim.token}     (the SCIM bearer token)`)
  say('the SCIM log, the sign-ins, the domain, and the push of one person:')
  say('  while sleep 2; do curl -s -H "Authorization: Bearer $KEY" "$API/scim/logs?page_size=3"; echo; done')
  say('  curl -H "Authorization: Bearer $KEY" $API/saml/logs')
  say('  curl -H "Authorization: Bearer $KEY" $API')
  say('  curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/scim+json" \\')
  say(`    -d '{"userName":"you@${company}"}' $SCIM/Users`)
}

/** The log is written within 100 ms of an answer; the report waits until the last row is there. */
async function waitForLog(logs: LogAccess): Promise<ScimRow[]> {
  let before = -1
  for (;;) {
    const rows = await readScimLog(logs)
    if (rows.length === before) return rows
    before = rows.length
    await new Promise(resolve => setTimeout(resolve, 250))
  }
}
