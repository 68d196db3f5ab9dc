import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ConfigError, readConfig, withKeptSecret } from '../src/config.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

const secret = 'q7Rw1mZx0LbV9tKc4Yd8Nf3Gh6Js2Pa5'
const production = {
  NODE_ENV: 'production',
  GATEHOUSE_BASE_URL: 'https://id.acme.test',
  GATEHOUSE_SECRET: secret,
}

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

describe('config: what is read', () => {
  it('has a default for everything', () => {
    const config = readConfig({ PATH: '/bin' })
    expect(Object.values(config)).not.toContain(undefined)
    expect(config).toMatchObject({
      environment: 'development',
      baseUrl: 'http://127.0.0.1:3000',
      host: '127.0.0.1',
      port: 3000,
      trustedProxies: 0,
      dataDir: './data',
      databaseUrl: 'sqlite:./data/gatehouse.db',
      sqliteSynchronous: 'full',
      secrets: [],
      dnsServers: [],
      challengePrefix: 'gatehouse',
      reverifyPolicy: 'keep',
      reauthHours: 12,
      scimLogRetentionDays: 180,
      scimLogMasking: true,
      scimRateLimit: { perMinute: 6000, burst: 1000 },
      apiRateLimit: { perMinute: 480, perHour: 4800 },
      publicRateLimit: { perMinute: 120, burst: 60 },
      logLevel: 'info',
      clockOffset: 0,
    })
  })

  it('wants the keys of a chosen service beside the choice', () => {
    const chosen = { GATEHOUSE_SIGNING: 'pandadoc', GATEHOUSE_S3_BUCKET: 'documents' }
    expect(() => readConfig(chosen)).toThrow(
      /PANDADOC_API_KEY.*\n.*PANDADOC_WEBHOOK_KEY.*\n.*S3_ACCESS_KEY_ID.*\n.*S3_SECRET_ACCESS_KEY: expected to be set beside S3_BUCKET/,
    )
    expect(readConfig({ GATEHOUSE_S3_ENDPOINT: 'http://minio:9000/' }).s3Endpoint).toBe('http://minio:9000')
    expect(() => readConfig({ GATEHOUSE_S3_ENDPOINT: 'ftp://minio' })).toThrow(
      /S3_ENDPOINT: expected an http/,
    )
  })

  it('lets the database follow the data folder, and the base URL the port', () => {
    const config = readConfig({ GATEHOUSE_DATA_DIR: '/var/lib/gatehouse', GATEHOUSE_PORT: '8080' })
    expect(config.databaseUrl).toBe('sqlite:/var/lib/gatehouse/gatehouse.db')
    expect(config.baseUrl).toBe('http://127.0.0.1:8080')
  })

  it('takes an empty variable as one that is not set', () => {
    expect(readConfig({ GATEHOUSE_PORT: '', GATEHOUSE_SECRET: '' })).toEqual(readConfig({}))
  })

  it('drops the slash at the end of the base URL', () => {
    expect(readConfig({ GATEHOUSE_BASE_URL: 'https://ID.acme.test/' }).baseUrl).toBe('https://id.acme.test')
  })

  it('reads lists by commas', () => {
    const config = readConfig({
      GATEHOUSE_DNS_SERVERS: '1.1.1.1, 9.9.9.9:5353,[2620:fe::fe]:53,2620:fe::9',
      GATEHOUSE_SECRET: `${secret},${secret.toLowerCase()}`,
    })
    expect(config.dnsServers).toEqual(['1.1.1.1', '9.9.9.9:5353', '[2620:fe::fe]:53', '2620:fe::9'])
    expect(config.secrets).toEqual([secret, secret.toLowerCase()])
  })

  it('reads rate limits as one number, as two, and 0 as none', () => {
    const config = readConfig({
      GATEHOUSE_SCIM_RATE_LIMIT: '600',
      GATEHOUSE_API_RATE_LIMIT: '100, 500',
      GATEHOUSE_PUBLIC_RATE_LIMIT: '0',
    })
    expect(config.scimRateLimit).toEqual({ perMinute: 600, burst: 100 })
    expect(config.apiRateLimit).toEqual({ perMinute: 100, perHour: 500 })
    expect(config.publicRateLimit).toBe(0)
  })

  it('reads a secret from the file that the variable with _FILE names', () => {
    const file = join(folder, 'mounted')
    writeFileSync(file, `${secret}\n`)
    expect(readConfig({ GATEHOUSE_SECRET_FILE: file }).secrets).toEqual([secret])
  })
})

describe('config: what is refused', () => {
  it('lists every problem at once, each with its variable, what was expected and what came', () => {
    expect(
      problemsOf({ GATEHOUSE_PORT: '70000', GATEHOUSE_LOG_LEVEL: 'loud', GATEHOUSE_COLOUR: 'blue' }),
    ).toEqual([
      'GATEHOUSE_COLOUR: there is no such setting',
      'GATEHOUSE_PORT: expected a whole number from 0 to 65535, got "70000"',
      'GATEHOUSE_LOG_LEVEL: expected one of fatal, error, warn, info, debug, trace, silent, got "loud"',
    ])
    expect(() => readConfig({ GATEHOUSE_PORT: 'x', GATEHOUSE_HOST: 'a b' })).toThrow(
      /GATEHOUSE_HOST.*\n.*GATEHOUSE_PORT/,
    )
  })

  it.each([
    [
      'BASE_URL',
      ['acme.test', 'ftp://acme.test', 'https://acme.test/path', 'https://a:b@acme.test', 'https://a?b'],
    ],
    ['HOST', ['http://a', 'a:80', 'a b']],
    ['PORT', ['-1', '1.5', '0x10', '1e3', 'three', '65536']],
    ['DATABASE_URL', ['mysql://a', 'sqlite:', 'data.db', 'postgres://']],
    ['SECRET', ['short', `${secret},short`]],
    ['DNS_SERVERS', ['dns.acme.test', '1.1.1', '1.1.1.1:99999', '1.1.1.1,,2.2.2.2']],
    ['CHALLENGE_PREFIX', ['Gatehouse', '_gatehouse', 'gate house', 'a.b', '-a', 'a'.repeat(51)]],
    ['REVERIFY_POLICY', ['drop']],
    ['SCIM_LOG_RETENTION_DAYS', ['0', '-1', 'forever']],
    ['SCIM_LOG_MASKING', ['true', 'maybe']],
    ['SCIM_RATE_LIMIT', ['-5', 'many', '1,2,3', '5,0', '1/2']],
    ['SQLITE_SYNCHRONOUS', ['off']],
    ['CLOCK_OFFSET', ['soon', '1.5']],
    ['ENVIRONMENT', ['test']],
    ['TRUSTED_PROXIES', ['-1', 'all']],
    ['REAUTH_HOURS', ['0', 'never']],
  ])('GATEHOUSE_%s: %j', (name, values) => {
    for (const value of values) {
      expect(problemsOf({ [`GATEHOUSE_${name}`]: value }), value).toEqual([
        expect.stringMatching(new RegExp(`^GATEHOUSE_${name}: expected `)),
      ])
    }
  })

  it('never shows a secret value', () => {
    const shown = problemsOf({ GATEHOUSE_SECRET: 'hunter2', GATEHOUSE_DATABASE_URL: 'mysql://u:hunter2@h' })
    expect(shown).toHaveLength(2)
    expect(shown.join()).not.toContain('hunter2')
  })

  it('wants a variable or its file, not both, and a file that can be read', () => {
    expect(problemsOf({ GATEHOUSE_SECRET: secret, GATEHOUSE_SECRET_FILE: '/x' })).toEqual([
      'GATEHOUSE_SECRET: expected only one of GATEHOUSE_SECRET and GATEHOUSE_SECRET_FILE',
    ])
    expect(problemsOf({ GATEHOUSE_SECRET_FILE: join(folder, 'nothing') })).toEqual([
      'GATEHOUSE_SECRET: expected GATEHOUSE_SECRET_FILE to name a file that can be read',
    ])
  })

  it('has _FILE for secrets only', () => {
    expect(problemsOf({ GATEHOUSE_PORT_FILE: '/x' })).toEqual([
      'GATEHOUSE_PORT_FILE: there is no such setting',
    ])
  })
})

describe('config: in production', () => {
  it('listens on every address and starts with an https base URL and a secret', () => {
    expect(readConfig(production)).toMatchObject({ environment: 'production', host: '0.0.0.0' })
  })

  it('is chosen by GATEHOUSE_ENVIRONMENT, which outweighs NODE_ENV', () => {
    expect(
      readConfig({ ...production, NODE_ENV: 'test', GATEHOUSE_ENVIRONMENT: 'production' }),
    ).toMatchObject({
      environment: 'production',
      host: '0.0.0.0',
    })
    expect(readConfig({ NODE_ENV: 'production', GATEHOUSE_ENVIRONMENT: 'development' }).environment).toBe(
      'development',
    )
  })

  it('refuses an http base URL, a missing secret and a shifted clock', () => {
    expect(problemsOf({ NODE_ENV: 'production', GATEHOUSE_CLOCK_OFFSET: '60' })).toEqual([
      'GATEHOUSE_BASE_URL: expected an https URL in production, got "http://127.0.0.1:3000"',
      'GATEHOUSE_SECRET: expected to be set in production',
      'GATEHOUSE_CLOCK_OFFSET: expected not to be set in production, got "60"',
    ])
  })

  it.each([
    'change-me-change-me-change-me-change-me',
    'a'.repeat(64),
    `${secret},replace this text with random one`,
  ])('refuses the placeholder %s', placeholder => {
    expect(problemsOf({ ...production, GATEHOUSE_SECRET: placeholder })).toEqual([
      'GATEHOUSE_SECRET: expected random text in production, got a placeholder',
    ])
  })
})

describe('config: the kept secret', () => {
  it('is made once, readable by its owner only, and found again by the next start', () => {
    const config = readConfig({ GATEHOUSE_DATA_DIR: join(folder, 'deep', 'data') })
    const first = withKeptSecret(config)
    const file = join(config.dataDir, 'secret')
    expect(first.secrets).toEqual([readFileSync(file, 'utf8')])
    expect(first.secrets[0]).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(withKeptSecret(config)).toEqual(first)
  })

  it('is alone in the folder, and no start goes on with half of one', () => {
    const config = readConfig({ GATEHOUSE_DATA_DIR: join(folder, 'half') })
    withKeptSecret(config)
    expect(readdirSync(config.dataDir)).toEqual(['secret'])
    const file = join(config.dataDir, 'secret')
    writeFileSync(file, '')
    expect(() => withKeptSecret(config)).toThrow(`${file}: expected at least 32 characters`)
  })

  it('is not made where a secret is set', () => {
    const config = readConfig({ GATEHOUSE_SECRET: secret, GATEHOUSE_DATA_DIR: join(folder, 'unused') })
    expect(withKeptSecret(config)).toBe(config)
    expect(() => statSync(config.dataDir)).toThrow('ENOENT')
  })
})
