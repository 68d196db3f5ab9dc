// What runs in the thread that copies a SQLite file, which may take as long as the file is large.
import { workerData } from 'node:worker_threads'
import { copyFile } from '../backup.ts'

const { source, destination } = workerData as { source: string; destination: string }
copyFile(source, destination)
