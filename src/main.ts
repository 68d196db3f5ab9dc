#!/usr/bin/env node
// The entrance: checks the runtime, then hands the words of the command line to their command.

import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`Gatehouse needs Node 22.18 or later; this is ${process.versions.node}.\n`)
  process.exit(1)
}

// The next start of the same code is spared most of its reading; where the folder cannot be written, nothing is kept.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/gatehouse'))

const { run } = await import('./commands/program.ts')
await run(process.argv, process.env)
