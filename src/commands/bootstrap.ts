// `bootstrap`: the organization, its owner and a fresh API key, as far as they are missing.

import type { Environment } from '../config.ts'
import { bootstrap } from '../manage/organizations/bootstrap.ts'
import { withContext } from './open.ts'
import { type OutputOptions, print } from './output.ts'

export interface BootstrapOptions extends OutputOptions {
  readonly organization: string
  readonly owner: string
}

export const bootstrapCommand =
  (env: Environment) =>
  async ({ organization, owner, ...output }: BootstrapOptions): Promise<void> =>
    print(await withContext(env, ctx => bootstrap(ctx, { organization, owner })), output)
