// Files in a bucket of a service that speaks S3, signed with SigV4.
import { hash } from 'node:crypto'
import { AwsClient } from 'aws4fetch'
import { call } from '../call.ts'
import { dispositionOf, linkSeconds, mediaType, type StoredFiles } from './stored-files.ts'

export interface BucketAccess {
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** Addressed by path, which every service of the kind understands. */
export function createBucket({ endpoint, bucket, ...access }: BucketAccess): StoredFiles {
  const client = new AwsClient({ ...access, service: 's3' })
  const urlOf = (key: string) => new URL(`${endpoint}/${bucket}/${key}`)
  const signed = (method: string, key: string, now: Date) =>
    client.sign(urlOf(key).href, {
      method,
      headers: { 'X-Amz-Content-Sha256': hash('sha256', '') },
      aws: { datetime: datetimeOf(now) },
    })
  return {
    put: async (key, bytes, now) => {
      const headers = {
        'Content-Type': mediaType,
        'X-Amz-Content-Sha256': hash('sha256', bytes),
      }
      const body = new Uint8Array(bytes)
      const aws = { datetime: datetimeOf(now) }
      await call('S3, upload', await client.sign(urlOf(key).href, { method: 'PUT', headers, body, aws }))
    },
    read: async (key, now) =>
      new Uint8Array(await (await call('S3, download', await signed('GET', key, now))).arrayBuffer()),
    remove: async (key, now) => {
      await call('S3, deletion', await signed('DELETE', key, now))
    },
    linkTo: async ({ key, filename, now }) => {
      const url = urlOf(key)
      url.searchParams.set('X-Amz-Expires', String(linkSeconds))
      url.searchParams.set('response-content-type', mediaType)
      url.searchParams.set('response-content-disposition', dispositionOf(filename))
      const aws = { signQuery: true, datetime: datetimeOf(now) }
      return (await client.sign(url.href, { method: 'GET', aws })).url
    },
    open: async () => undefined,
  }
}

/** `20261125T140000Z` */
const datetimeOf = (time: Date) => time.toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
