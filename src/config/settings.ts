// The table of every setting: its variable, its default, how its text is read, and what it is for.
import { type LogLevel, logLevels } from '../base/log.ts'
import {
  applicationUrl,
  choice,
  databaseUrl,
  host,
  hourlyRate,
  list,
  mailbox,
  nameServer,
  number,
  onOff,
  origin,
  path,
  prefix,
  rate,
  secret,
  smtpUrl,
} from './read.ts'
import { vendorSettings } from './vendor-settings.ts'

/** The texts that other defaults are made from. */
export interface Ground {
  production: boolean
  dataDir: string
  port: string
}

export interface Setting<T = unknown> {
  /** Without the prefix `GATEHOUSE_`. */
  name: string
  fallback: string | ((ground: Ground) => string)
  read: (text: string) => T
  /** Never shown, and can come from a file named by the variable with `_FILE` at its end. */
  isSecret?: true
  doc: string
}

export const settings = {
  environment: {
    name: 'ENVIRONMENT',
    fallback: ({ production }) => (production ? 'production' : 'development'),
    read: choice(['development', 'production']),
    doc: 'Production refuses unsafe settings; `NODE_ENV=production` counts when this is not set.',
  },
  baseUrl: {
    name: 'BASE_URL',
    fallback: ({ port }) => `http://127.0.0.1:${port}`,
    read: origin,
    doc: 'Where browsers and identity providers reach this server; https in production.',
  },
  host: {
    name: 'HOST',
    fallback: ({ production }) => (production ? '0.0.0.0' : '127.0.0.1'),
    read: host,
    doc: 'The address to listen on.',
  },
  port: {
    name: 'PORT',
    fallback: '3000',
    read: number(0, 65_535),
    doc: 'The port to listen on; 0 takes a free one and prints it.',
  },
  trustedProxies: {
    name: 'TRUSTED_PROXIES',
    fallback: '0',
    read: number(0, 10),
    doc: 'How many proxies in front of this server add to `X-Forwarded-For`.',
  },
  dataDir: {
    name: 'DATA_DIR',
    fallback: './data',
    read: path,
    doc: 'The folder for the database file and whatever else is kept.',
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    fallback: ({ dataDir }) => `sqlite:${dataDir}/gatehouse.db`,
    read: databaseUrl,
    isSecret: true,
    doc: '`sqlite:PATH` or `postgres://…`.',
  },
  sqliteSynchronous: {
    name: 'SQLITE_SYNCHRONOUS',
    fallback: 'full',
    read: choice(['full', 'normal']),
    doc: '`full` survives loss of power; `normal` is faster and may lose the last writes to it.',
  },
  secrets: {
    name: 'SECRET',
    fallback: '',
    read: list(secret),
    isSecret: true,
    doc: 'Seals what is stored encrypted: 32 characters or more; several, by commas, to rotate, newest first.',
  },
  smtpUrl: {
    name: 'SMTP_URL',
    fallback: '',
    read: smtpUrl,
    isSecret: true,
    doc: 'The mail server, `smtp://…` or `smtps://…`; without one, mails are files in `DATA_DIR/outbox`.',
  },
  mailFrom: {
    name: 'MAIL_FROM',
    fallback: 'Gatehouse <gatehouse@localhost>',
    read: mailbox,
    doc: 'Who mails are from, `NAME <ADDRESS>` or an address alone.',
  },
  dnsServers: {
    name: 'DNS_SERVERS',
    fallback: '',
    read: list(nameServer),
    doc: 'Name servers for domain verification, `ADDRESS[:PORT]` by commas; empty means those of the machine.',
  },
  challengePrefix: {
    name: 'CHALLENGE_PREFIX',
    fallback: 'gatehouse',
    read: prefix,
    doc: 'Domains are verified by a TXT record at `_PREFIX-challenge.DOMAIN`.',
  },
  reverifyPolicy: {
    name: 'REVERIFY_POLICY',
    fallback: 'keep',
    read: choice(['keep', 'revoke']),
    doc: 'What becomes of a verified domain whose record has been gone for 7 days.',
  },
  reauthHours: {
    name: 'REAUTH_HOURS',
    fallback: '12',
    read: number(1, 8760),
    doc: 'How old a sign-in may be for changes to domains, invites, members and tokens.',
  },
  inviteTtlDays: {
    name: 'INVITE_TTL_DAYS',
    fallback: '3',
    read: number(1, 90),
    doc: 'How long an invite can be accepted.',
  },
  sessionHours: {
    name: 'SESSION_HOURS',
    fallback: '24',
    read: number(1, 8760),
    doc: 'How long a session lasts at most; the identity provider may end it earlier.',
  },
  emailLinks: {
    name: 'EMAIL_LINKS',
    fallback: 'on',
    read: onOff,
    doc: 'Whether people can sign in by a mailed link where SAML is not enforced.',
  },
  applicationUrls: {
    name: 'APPLICATION_URLS',
    fallback: '',
    read: list(applicationUrl),
    doc: 'Applications that people can be sent on to after signing in: URLs by commas, without query.',
  },
  samlClockSkew: {
    name: 'SAML_CLOCK_SKEW',
    fallback: '180',
    read: number(0, 300),
    doc: "Seconds by which an identity provider's clock may differ from ours.",
  },
  samlAllowSha1: {
    name: 'SAML_ALLOW_SHA1',
    fallback: 'off',
    read: onOff,
    doc: 'Whether SHA-1 counts in signatures, for identity providers that cannot do better.',
  },
  scimLogRetentionDays: {
    name: 'SCIM_LOG_RETENTION_DAYS',
    fallback: '180',
    read: number(1, 36_500),
    doc: 'How long SCIM log rows are kept.',
  },
  scimLogMasking: {
    name: 'SCIM_LOG_MASKING',
    fallback: 'on',
    read: onOff,
    doc: 'Whether personal values are masked before they reach the SCIM log.',
  },
  scimRateLimit: {
    name: 'SCIM_RATE_LIMIT',
    fallback: '6000,1000',
    read: rate,
    doc: 'Requests per minute and burst of one SCIM token; 0 is no limit.',
  },
  apiRateLimit: {
    name: 'API_RATE_LIMIT',
    fallback: '480,4800',
    read: hourlyRate,
    doc: 'Requests per minute and per hour of one API key or session; 0 is no limit.',
  },
  publicRateLimit: {
    name: 'PUBLIC_RATE_LIMIT',
    fallback: '120,60',
    read: rate,
    doc: 'Requests per minute and burst of one address on public routes, and wrong API keys of it; 0 is no limit.',
  },
  ...vendorSettings,
  logLevel: {
    name: 'LOG_LEVEL',
    fallback: 'info',
    read: choice<LogLevel>(logLevels),
    doc: 'The least severe level that is logged.',
  },
  clockOffset: {
    name: 'CLOCK_OFFSET',
    fallback: '0',
    read: number(-3_153_600_000, 3_153_600_000),
    doc: 'Seconds by which every clock of the product is shifted, for tests; refused in production.',
  },
} satisfies Record<string, Setting>
