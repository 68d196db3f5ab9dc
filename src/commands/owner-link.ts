// `owner-link`: the way in for an owner whom nothing else lets in any more.

import type { Environment } from '../config.ts'
import { createOwnerLink } from '../login/link.ts'
import { withContext } from './open.ts'
import { type OutputOptions, print } from './output.ts'

export const ownerLinkCommand =
  (env: Environment) =>
  async (email: string, output: OutputOptions): Promise<void> =>
    print(await withContext(env, ctx => createOwnerLink(ctx, email)), output)
