// Two groups of tests: the pure rooms, and everything that stands on a database, for which a real PostgreSQL is started.

import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const pureRooms = ['scim', 'saml', 'base', 'config', 'outside', 'domain', 'demo']
const pure = [
  ...pureRooms.map(room => `test/${room}/**/*.test.ts`),
  'test/{architecture,config,readme}.test.ts',
]

const root = join(import.meta.dirname, '..')
/** Properties try many values; on a busy machine that takes a while. */
const testTimeout = 30_000

export default defineConfig({
  root,
  test: {
    maxWorkers: 2,
    projects: [
      { root, test: { name: 'pure', include: pure, testTimeout } },
      {
        root,
        test: {
          name: 'database',
          include: ['test/**/*.test.ts'],
          exclude: pure,
          globalSetup: 'test/postgres-server.ts',
          hookTimeout: 30_000,
          testTimeout,
        },
      },
    ],
  },
})
