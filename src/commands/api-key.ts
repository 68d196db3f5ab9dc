// `api-key create` and `api-key revoke`: keys without the console.

import type { Environment } from '../config.ts'
import { createApiKeyFor, revokeApiKey } from '../manage/api-keys.ts'
import { enterAsOperator } from '../manage/operators/command-line.ts'
import { withContext } from './open.ts'
import { type OutputOptions, print } from './output.ts'

export interface CreateApiKeyOptions extends OutputOptions {
  readonly organization: string
  readonly owner: string
  readonly scopes: string
  readonly label: string
}

export const createApiKeyCommand =
  (env: Environment) =>
  async ({ organization, owner, scopes, label, ...output }: CreateApiKeyOptions): Promise<void> => {
    const key = await withContext(env, async ctx => {
      const operator = await enterAsOperator(ctx, organization)
      const words = scopes.split(',').map(scope => scope.trim())
      return createApiKeyFor(ctx, operator, { owner, label, scopes: words })
    })
    print(key, output)
  }

export const revokeApiKeyCommand =
  (env: Environment) =>
  async (id: string, output: OutputOptions): Promise<void> =>
    print(await withContext(env, ctx => revokeApiKey(ctx, id)), output)
