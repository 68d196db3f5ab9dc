// Reading the settings: every problem is found at once and names its variable; the result is handed on by hand.
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newSecret } from './base/secret.ts'
import { secret, Unfit } from './config/read.ts'
import { type Ground, type Setting, settings } from './config/settings.ts'
import { unfinishedChoices } from './config/vendor-settings.ts'

type Settings = typeof settings
export type Config = { readonly [K in keyof Settings]: ReturnType<Settings[K]['read']> }
export type Environment = Readonly<Record<string, string | undefined>>

const variablePrefix = 'GATEHOUSE_'
const placeholderSecret = /change|default|example|insecure|password|placeholder|replace|secret/i

export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map(problem => `  ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/** Throws a ConfigError that lists everything wrong. An empty variable counts as not set. */
export function readConfig(env: Environment): Config {
  const problems = unknownVariables(env)
  const ground = readGround(env)
  const values: Record<string, unknown> = {}
  for (const [key, setting] of Object.entries<Setting>(settings)) {
    try {
      const { fallback } = setting
      const text = textOf(setting, env) ?? (typeof fallback === 'string' ? fallback : fallback(ground))
      values[key] = setting.read(text)
    } catch (error) {
      if (!(error instanceof Unfit)) throw error
      problems.push(`${variablePrefix}${setting.name}: expected ${error.message}${gotOf(setting, env)}`)
    }
  }
  // Read through the table key by key, which the compiler cannot follow: what is missing here is a problem above.
  const config = values as Partial<Config>
  problems.push(...unfinishedChoices(config))
  if (config.environment === 'production') problems.push(...productionProblems(config))
  if (problems.length > 0) throw new ConfigError(problems)
  return config as Config
}

/** Outside production a missing secret is made once and kept in the data folder; the folder is made too. */
export function withKeptSecret(config: Config): Config {
  if (config.secrets.length > 0) return config
  const file = join(config.dataDir, 'secret')
  mkdirSync(config.dataDir, { recursive: true })
  if (!existsSync(file)) keepNewSecret(file)
  try {
    return { ...config, secrets: [secret(readFileSync(file, 'utf8').trim())] }
  } catch (error) {
    if (!(error instanceof Unfit)) throw error
    throw new ConfigError([`${file}: expected ${error.message}`])
  }
}

/** Linked into its place whole, so that of several processes that start at once none reads half a secret. */
function keepNewSecret(file: string): void {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, newSecret(), { mode: 0o600, flush: true })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(draft)
  }
}

function unknownVariables(env: Environment): string[] {
  const known = new Set<string>()
  for (const { name, isSecret } of Object.values<Setting>(settings)) {
    known.add(variablePrefix + name)
    if (isSecret) known.add(`${variablePrefix}${name}_FILE`)
  }
  return Object.keys(env)
    .filter(name => name.startsWith(variablePrefix) && !known.has(name))
    .map(name => `${name}: there is no such setting`)
}

function readGround(env: Environment): Ground {
  const { dataDir, environment, port } = settings
  const portText = textOf(port, env) ?? port.fallback
  return {
    production: (textOf(environment, env) ?? env.NODE_ENV) === 'production',
    dataDir: textOf(dataDir, env) ?? dataDir.fallback,
    // A port that does not fit is reported once, as itself, and not again as a bad base URL.
    port: URL.canParse(`http://127.0.0.1:${portText}`) ? portText : port.fallback,
  }
}

function textOf({ name, isSecret }: Setting, env: Environment): string | undefined {
  const variable = variablePrefix + name
  const text = env[variable] || undefined
  const file = (isSecret && env[`${variable}_FILE`]) || undefined
  if (file === undefined) return text
  if (text !== undefined) throw new Unfit(`only one of ${variable} and ${variable}_FILE`)
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    throw new Unfit(`${variable}_FILE to name a file that can be read`)
  }
}

function gotOf({ name, isSecret }: Setting, env: Environment): string {
  const text = env[variablePrefix + name]
  return isSecret || !text ? '' : `, got "${text}"`
}

function productionProblems(config: Partial<Config>): string[] {
  const { baseUrl, secrets, clockOffset, smtpUrl, mailFrom } = config
  const problems: string[] = []
  if (baseUrl?.startsWith('http:')) {
    problems.push(`GATEHOUSE_BASE_URL: expected an https URL in production, got "${baseUrl}"`)
  }
  if (secrets?.length === 0) problems.push('GATEHOUSE_SECRET: expected to be set in production')
  if (secrets?.some(secret => placeholderSecret.test(secret) || new Set(secret).size < 10)) {
    problems.push('GATEHOUSE_SECRET: expected random text in production, got a placeholder')
  }
  if (clockOffset !== undefined && clockOffset !== 0) {
    problems.push(`GATEHOUSE_CLOCK_OFFSET: expected not to be set in production, got "${clockOffset}"`)
  }
  if (smtpUrl && mailFrom?.includes('@localhost')) {
    problems.push(
      'GATEHOUSE_MAIL_FROM: expected an address that mail can come from, since GATEHOUSE_SMTP_URL is set',
    )
  }
  return problems
}
