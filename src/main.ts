#!/usr/bin/env node
// The entrance: checks the runtime, then hands the words of the command line to their command.

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`Gatehouse needs Node 22.18 or later; this is ${process.versions.node}.\n`)
  process.exit(1)
}

const { run } = await import('./commands/program.ts')
await run(process.argv, process.env)
