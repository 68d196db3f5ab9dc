// `keys rotate`: a new key of our own beside the old ones, which retire when everybody has had time to learn it.

import type { Environment } from '../config.ts'
import { rotateKey } from '../login/keys.ts'
import { withContext } from './open.ts'
import { type OutputOptions, print } from './output.ts'

export const rotateKeyCommand =
  (env: Environment, purpose: 'token' | 'saml') =>
  async (output: OutputOptions): Promise<void> => {
    const { id, created_at, active_at } = await withContext(env, ctx => rotateKey(ctx, purpose))
    print({ id, purpose, created_at, active_at }, output)
  }
