// Two groups of tests: the pure rooms, and everything that stands on a database, for which a real PostgreSQL is started.

import { defineConfig } from 'vitest/config'

const pureRooms = ['scim', 'saml', 'base', 'config', 'outside', 'domain', 'demo']
const pure = [
  ...pureRooms.map(room => `test/${room}/**/*.test.ts`),
  'test/{architecture,config,readme}.test.ts',
]

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { name: 'pure', include: pure } },
      {
        test: {
          name: 'database',
          include: ['test/**/*.test.ts'],
          exclude: pure,
          globalSetup: 'test/postgres-server.ts',
          hookTimeout: 30_000,
          testTimeout: 20_000,
        },
      },
    ],
  },
})
