// Every command with its options, and how a failure is told: one sentence on stderr, exit code 1.

import { Command } from 'commander'
import { Refusal } from '../base/refusal.ts'
import { ConfigError, type Environment } from '../config.ts'
import { createApiKeyCommand, revokeApiKeyCommand } from './api-key.ts'
import { bootstrapCommand } from './bootstrap.ts'
import { demoCommand } from './demo.ts'
import { addDomainCommand } from './domain.ts'
import { rotateKeyCommand } from './keys.ts'
import { migrateCommand } from './migrate.ts'
import { grantOperatorCommand, listOperatorsCommand, revokeOperatorCommand } from './operator.ts'
import { ownerLinkCommand } from './owner-link.ts'
import { serveCommand } from './serve.ts'

export async function run(argv: readonly string[], env: Environment): Promise<void> {
  try {
    await createProgram(env).parseAsync(argv)
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`)
    process.exitCode = 1
  }
}

/** Refusals and configuration errors speak for themselves; of anything else the stack is worth having. */
function explain(error: unknown): string {
  if (error instanceof Refusal || error instanceof ConfigError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function createProgram(env: Environment): Command {
  const program = new Command('gatehouse')
    .description('Self-hosted identity provisioning: SCIM 2.0, SAML 2.0 and verified domains')
    .showHelpAfterError()
  program.command('serve').description('run the server').action(serveCommand(env))
  program.command('migrate').description('bring the database up to date').action(migrateCommand(env))
  program
    .command('demo')
    .description('a throw-away server, an identity provider that pushes 25 people into it, and a sign-in')
    .option('--exit', 'stop after the report instead of serving on')
    .action(demoCommand(env))
  program
    .command('bootstrap')
    .description('make an organization, its owner and an API key, as far as they are missing')
    .requiredOption('--organization <name>', 'name of the organization')
    .requiredOption('--owner <email>', 'e-mail address of the owner')
    .option('--json', 'print one JSON object and nothing else')
    .action(bootstrapCommand(env))
  program
    .command('owner-link <email>')
    .description('make a link that signs an owner in once, within 15 minutes')
    .option('--json', 'print one JSON object and nothing else')
    .action(ownerLinkCommand(env))
  addDomain(program, env)
  addApiKey(program, env)
  addKeys(program, env)
  addOperators(program, env)
  return program
}

function addDomain(program: Command, env: Environment): void {
  program
    .command('domain')
    .description('domains of an organization')
    .command('add <name>')
    .description('add a domain to an organization')
    .requiredOption('--organization <id>', 'id of the organization')
    .option('--verified', "the operator's word instead of a DNS record")
    .option('--scim', 'enable SCIM and print the bearer token once')
    .option('--jit', 'enable just-in-time provisioning')
    .option('--saml-entity-id <id>', "the identity provider's entity id")
    .option('--saml-sso-url <url>', "the identity provider's single sign-on URL")
    .option('--saml-cert <file>', "file with the identity provider's certificates")
    .option('--idp-initiated', 'allow sign-ins that the identity provider starts')
    .option('--json', 'print one JSON object and nothing else')
    .action(addDomainCommand(env))
}

function addApiKey(program: Command, env: Environment): void {
  const keys = program.command('api-key').description('personal API keys')
  keys
    .command('create')
    .description('make an API key; its value is printed this once')
    .requiredOption('--organization <id>', 'the organization that the key is limited to')
    .requiredOption('--owner <email>', 'the member whose key it is')
    .requiredOption('--scopes <list>', "comma-separated, for example organization:read, or '*'")
    .option('--label <text>', 'what the key is for', 'command line')
    .option('--json', 'print one JSON object and nothing else')
    .action(createApiKeyCommand(env))
  keys
    .command('revoke <id>')
    .description('end an API key at once')
    .option('--json', 'print one JSON object and nothing else')
    .action(revokeApiKeyCommand(env))
}

function addKeys(program: Command, env: Environment): void {
  const rotate = program
    .command('keys')
    .description("the installation's own keys")
    .command('rotate')
    .description('make a new key; the old ones go on until it is known')
  rotate
    .command('token')
    .description('for the tokens of applications; the server also does this by itself')
    .option('--json', 'print one JSON object and nothing else')
    .action(rotateKeyCommand(env, 'token'))
  rotate
    .command('saml')
    .description('for SAML requests and encrypted assertions; identity providers need our metadata again')
    .option('--json', 'print one JSON object and nothing else')
    .action(rotateKeyCommand(env, 'saml'))
}

function addOperators(program: Command, env: Environment): void {
  const operators = program
    .command('operator')
    .description('the people who look after the whole installation in the console')
  operators
    .command('grant <email>')
    .description('make a member of some organization an operator')
    .option('--json', 'print one JSON object and nothing else')
    .action(grantOperatorCommand(env))
  operators
    .command('revoke <email>')
    .description('make an operator a member like others, at once')
    .option('--json', 'print one JSON object and nothing else')
    .action(revokeOperatorCommand(env))
  operators
    .command('list')
    .description('who is an operator')
    .option('--json', 'print one JSON object and nothing else')
    .action(listOperatorsCommand(env))
}
