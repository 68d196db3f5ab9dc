// `operator grant`, `operator revoke` and `operator list`: who may look after the whole installation in the console.

import type { Environment } from '../config.ts'
import { grantOperator, readOperators, revokeOperator } from '../manage/operators/rights.ts'
import { withContext } from './open.ts'
import { type OutputOptions, print, say } from './output.ts'

export const grantOperatorCommand =
  (env: Environment) =>
  async (email: string, output: OutputOptions): Promise<void> =>
    print(await withContext(env, ctx => grantOperator(ctx, email)), output)

export const revokeOperatorCommand =
  (env: Environment) =>
  async (email: string, output: OutputOptions): Promise<void> =>
    print(await withContext(env, ctx => revokeOperator(ctx, email)), output)

export const listOperatorsCommand =
  (env: Environment) =>
  async (output: OutputOptions): Promise<void> => {
    const operators = await withContext(env, readOperators)
    if (output.json) return print({ operators }, output)
    if (operators.length === 0) say('There is no operator. `gatehouse operator grant EMAIL` makes one.')
    for (const { email, name } of operators) say(name === '' ? email : `${email} (${name})`)
  }
