// A bucket that checks every signature by the steps of AWS's own description of Signature Version 4.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { type Outage, serve } from './server.ts'

export const access = {
  s3Bucket: 'documents',
  s3Region: 'eu-central-1',
  s3AccessKeyId: 'AKIDEXAMPLE',
  s3SecretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}

export interface FakeBucket {
  readonly url: string
  readonly outage: Outage
  readonly objects: Map<string, { bytes: Uint8Array; type: string }>
  /** Moves the clock of the service, in milliseconds. */
  skew: number
}

const algorithm = 'AWS4-HMAC-SHA256'
const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest()

export async function startBucket(): Promise<FakeBucket> {
  const bucket: FakeBucket = { url: '', outage: { mode: 'up' }, objects: new Map(), skew: 0 }
  const app = new Hono()
  app.all(`/${access.s3Bucket}/*`, async c => {
    const body = new Uint8Array(await c.req.arrayBuffer())
    const refusal = refusalOf(c.req.raw, body, Date.now() + bucket.skew)
    if (refusal) return c.text(refusal, 403)
    const { pathname, searchParams } = new URL(c.req.url)
    if (c.req.method === 'PUT') {
      bucket.objects.set(pathname, { bytes: body, type: c.req.header('content-type') ?? '' })
      return c.body(null, 200)
    }
    if (c.req.method === 'DELETE') {
      bucket.objects.delete(pathname)
      return c.body(null, 204)
    }
    const found = bucket.objects.get(pathname)
    if (!found) return c.text('NoSuchKey', 404)
    return c.body(new Uint8Array(found.bytes), 200, {
      'Content-Type': searchParams.get('response-content-type') ?? found.type,
      'Content-Disposition': searchParams.get('response-content-disposition') ?? 'inline',
    })
  })
  return Object.assign(bucket, { url: await serve(app, bucket.outage) })
}

/** Why the request is not let in; undefined when it is. */
function refusalOf(request: Request, body: Uint8Array, now: number): string | undefined {
  const url = new URL(request.url)
  return url.searchParams.has('X-Amz-Signature')
    ? refusalOfLink(request, url, now)
    : refusalOfHeaders(request, url, { body, now })
}

function refusalOfHeaders(request: Request, url: URL, { body, now }: { body: Uint8Array; now: number }) {
  const form = /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})$/
  const [, credential = '', signedHeaders = '', signature = ''] =
    form.exec(request.headers.get('authorization') ?? '') ?? []
  const date = request.headers.get('x-amz-date') ?? ''
  const payload = request.headers.get('x-amz-content-sha256') ?? ''
  if (payload !== sha256(body)) return 'XAmzContentSHA256Mismatch'
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every(name => signedHeaders.split(';').includes(name)))
    return 'AccessDenied: headers are not signed'
  if (Math.abs(timeOf(date) - now) > 15 * 60_000) return 'RequestTimeTooSkewed'
  return compare(request, url, { credential, signedHeaders, signature, date, payload })
}

function refusalOfLink(request: Request, url: URL, now: number) {
  const at = (name: string) => url.searchParams.get(`X-Amz-${name}`) ?? ''
  if (at('Algorithm') !== algorithm) return 'AuthorizationQueryParametersError'
  const expires = Number(at('Expires'))
  if (!(expires >= 1 && expires <= 604_800)) return 'AuthorizationQueryParametersError: X-Amz-Expires'
  if (now > timeOf(at('Date')) + expires * 1000) return 'AccessDenied: Request has expired'
  const signature = at('Signature')
  url.searchParams.delete('X-Amz-Signature')
  return compare(request, url, {
    credential: at('Credential'),
    signedHeaders: at('SignedHeaders'),
    signature,
    date: at('Date'),
    payload: 'UNSIGNED-PAYLOAD',
  })
}

interface Claim {
  credential: string
  signedHeaders: string
  signature: string
  date: string
  payload: string
}

function compare(request: Request, url: URL, { credential, signedHeaders, signature, date, payload }: Claim) {
  const [keyId, day = '', region = '', service, terminator] = credential.split('/')
  if (keyId !== access.s3AccessKeyId) return 'InvalidAccessKeyId'
  if (
    service !== 's3' ||
    terminator !== 'aws4_request' ||
    region !== access.s3Region ||
    !date.startsWith(day)
  )
    return 'AuthorizationHeaderMalformed'
  const names = signedHeaders.split(';')
  const canonical = [
    request.method,
    url.pathname
      .split('/')
      .map(part => encode(decodeURIComponent(part)))
      .join('/'),
    [...url.searchParams]
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .sort()
      .join('&'),
    ...names.map(name => `${name}:${(request.headers.get(name) ?? '').trim().replaceAll(/ +/g, ' ')}`),
    '',
    signedHeaders,
    payload,
  ].join('\n')
  const scope = [day, region, 's3', 'aws4_request']
  const key = scope.reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${access.s3SecretAccessKey}`,
  )
  const text = [algorithm, date, scope.join('/'), sha256(canonical)].join('\n')
  const expected = hmac(key as Buffer, text)
  const got = Buffer.from(signature, 'hex')
  return got.length === expected.length && timingSafeEqual(expected, got)
    ? undefined
    : 'SignatureDoesNotMatch'
}

/** RFC 3986, as AWS wants it. */
const encode = (text: string) =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

function timeOf(date: string): number {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? []
  return Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`)
}
