// Where files are kept: in a bucket where one is configured, else in a folder of ours.
import type { Config } from '../config.ts'
import { createBucket } from './files/bucket.ts'
import { createFolder } from './files/folder.ts'
import type { StoredFiles } from './files/stored-files.ts'

export const createStoredFiles = (config: Config): StoredFiles =>
  config.s3Bucket === ''
    ? createFolder({ folder: `${config.dataDir}/files`, secrets: config.secrets })
    : createBucket({
        endpoint: config.s3Endpoint,
        bucket: config.s3Bucket,
        region: config.s3Region,
        accessKeyId: config.s3AccessKeyId,
        secretAccessKey: config.s3SecretAccessKey,
      })
