// The settings as operators see them: all of them, and nothing that is secret.
import { describe, expect, it } from 'vitest'
import { showConfig } from '../../src/config/overview.ts'
import { type Setting, settings } from '../../src/config/settings.ts'
import { readConfig } from '../../src/config.ts'

describe('showConfig', () => {
  it('shows no secret, whatever it is set to', () => {
    const secret = 'Zq7-not-to-be-seen-3f9a-Zq7-not-to-be-seen'
    const values: Record<string, string> = {
      GATEHOUSE_SECRET: `${secret},${secret}2`,
      GATEHOUSE_DATABASE_URL: `postgres://user:${secret}@db.test/gatehouse`,
      GATEHOUSE_SMTP_URL: `smtp://user:${secret}@mail.test`,
      GATEHOUSE_PANDADOC_API_KEY: secret,
      GATEHOUSE_PANDADOC_WEBHOOK_KEY: secret,
      GATEHOUSE_S3_SECRET_ACCESS_KEY: secret,
      GATEHOUSE_VERCEL_CLIENT_SECRET: secret,
    }
    const secrets = Object.values<Setting>(settings).filter(({ isSecret }) => isSecret)
    expect(secrets.map(({ name }) => `GATEHOUSE_${name}`).sort()).toEqual(Object.keys(values).sort())
    const shown = showConfig(readConfig(values))
    expect(JSON.stringify(shown)).not.toContain('not-to-be-seen')
    expect(shown.filter(({ value }) => value === null)).toHaveLength(secrets.length)
    expect(shown.filter(({ value }) => value === null).every(({ isSet }) => isSet)).toBe(true)
  })

  it('shows the rest as it would be typed', () => {
    const shown = showConfig(
      readConfig({ GATEHOUSE_DNS_SERVERS: '1.1.1.1, 9.9.9.9:53', GATEHOUSE_EMAIL_LINKS: 'off' }),
    )
    const textOf = (name: string) => shown.find(each => each.name === `GATEHOUSE_${name}`)?.value
    expect(textOf('DNS_SERVERS')).toBe('1.1.1.1, 9.9.9.9:53')
    expect(textOf('EMAIL_LINKS')).toBe('off')
    expect(textOf('SCIM_RATE_LIMIT')).toBe('6000,1000')
    expect(shown.find(({ name }) => name === 'GATEHOUSE_S3_BUCKET')?.isSet).toBe(false)
  })
})
