// The settings of services outside that an operator may choose: who signs documents, where files are kept, Vercel.
import { choice, serviceUrl, words } from './read.ts'

export const vendorSettings = {
  signing: {
    name: 'SIGNING',
    fallback: 'builtin',
    read: choice(['builtin', 'pandadoc']),
    doc: 'Who has legal documents signed: this server itself, or PandaDoc.',
  },
  agreementsDir: {
    name: 'AGREEMENTS_DIR',
    fallback: '',
    read: words,
    doc: 'A folder with `BAA.md` and `DPA.md` of your own; empty means those that come along.',
  },
  agreementParty: {
    name: 'AGREEMENT_PARTY',
    fallback: 'Gatehouse',
    read: words,
    doc: 'Your name as it stands in agreements.',
  },
  pandadocApiKey: {
    name: 'PANDADOC_API_KEY',
    fallback: '',
    read: words,
    isSecret: true,
    doc: 'The key of the PandaDoc API.',
  },
  pandadocWebhookKey: {
    name: 'PANDADOC_WEBHOOK_KEY',
    fallback: '',
    read: words,
    isSecret: true,
    doc: 'The shared key by which PandaDoc signs what it tells `/api/legal_documents/pandadoc`.',
  },
  pandadocTemplateBaa: {
    name: 'PANDADOC_TEMPLATE_BAA',
    fallback: '',
    read: words,
    doc: 'The PandaDoc template of a BAA; its signer has the role `Signer`.',
  },
  pandadocTemplateDpa: {
    name: 'PANDADOC_TEMPLATE_DPA',
    fallback: '',
    read: words,
    doc: 'The PandaDoc template of a DPA; its signer has the role `Signer`.',
  },
  pandadocApiUrl: {
    name: 'PANDADOC_API_URL',
    fallback: 'https://api.pandadoc.com',
    read: serviceUrl,
    doc: 'Where the PandaDoc API is.',
  },
  s3Endpoint: {
    name: 'S3_ENDPOINT',
    fallback: 'https://s3.amazonaws.com',
    read: serviceUrl,
    doc: 'The service that speaks S3.',
  },
  s3Bucket: {
    name: 'S3_BUCKET',
    fallback: '',
    read: words,
    doc: 'The bucket for signed documents; empty means the folder `DATA_DIR/files`.',
  },
  s3Region: {
    name: 'S3_REGION',
    fallback: 'us-east-1',
    read: words,
    doc: 'The region that requests to S3 are signed for.',
  },
  s3AccessKeyId: {
    name: 'S3_ACCESS_KEY_ID',
    fallback: '',
    read: words,
    doc: 'The key that may write and read in the bucket.',
  },
  s3SecretAccessKey: {
    name: 'S3_SECRET_ACCESS_KEY',
    fallback: '',
    read: words,
    isSecret: true,
    doc: 'The secret of that key.',
  },
  vercelIntegrationId: {
    name: 'VERCEL_INTEGRATION_ID',
    fallback: '',
    read: words,
    doc: "Your integration's id at Vercel, `oac_…`; without it there is no Vercel here.",
  },
  vercelClientSecret: {
    name: 'VERCEL_CLIENT_SECRET',
    fallback: '',
    read: words,
    isSecret: true,
    doc: "The integration's client secret, for linking organizations that are there already.",
  },
  vercelProduct: {
    name: 'VERCEL_PRODUCT',
    fallback: 'gatehouse',
    read: words,
    doc: "The id or slug of the integration's product.",
  },
  vercelApiUrl: {
    name: 'VERCEL_API_URL',
    fallback: 'https://api.vercel.com',
    read: serviceUrl,
    doc: 'Where the Vercel API is.',
  },
  vercelJwksUrl: {
    name: 'VERCEL_JWKS_URL',
    fallback: 'https://marketplace.vercel.com/.well-known/jwks',
    read: serviceUrl,
    doc: 'Where Vercel publishes the keys that its tokens are signed with.',
  },
} as const

interface Chosen {
  readonly signing?: string
  readonly pandadocApiKey?: string
  readonly pandadocWebhookKey?: string
  readonly s3Bucket?: string
  readonly s3AccessKeyId?: string
  readonly s3SecretAccessKey?: string
}

/** What a choice needs besides itself. */
export function unfinishedChoices(config: Chosen): string[] {
  const needed: [boolean, string, string][] = [
    [config.signing === 'pandadoc', 'PANDADOC_API_KEY', config.pandadocApiKey ?? ''],
    [config.signing === 'pandadoc', 'PANDADOC_WEBHOOK_KEY', config.pandadocWebhookKey ?? ''],
    [Boolean(config.s3Bucket), 'S3_ACCESS_KEY_ID', config.s3AccessKeyId ?? ''],
    [Boolean(config.s3Bucket), 'S3_SECRET_ACCESS_KEY', config.s3SecretAccessKey ?? ''],
  ]
  return needed
    .filter(([isNeeded, , value]) => isNeeded && value === '')
    .map(
      ([, name]) =>
        `GATEHOUSE_${name}: expected to be set beside ${name.startsWith('S3') ? 'S3_BUCKET' : 'SIGNING=pandadoc'}`,
    )
}
