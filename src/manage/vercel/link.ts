// Linking an organization that is there already: the code that its administrator brought from Vercel becomes credentials.
import { invalid, missing, Refusal } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { CallRefused } from '../../outside/call.ts'
import { exchangeCode, type LinkedAccount } from '../../outside/vercel.ts'

/** Waits for Vercel: without its answer there is nothing to keep. */
export async function linkAccount(
  ctx: Context,
  { code, redirectUri }: { code: string; redirectUri: string },
): Promise<LinkedAccount> {
  const { vercelApiUrl, vercelIntegrationId: clientId, vercelClientSecret: clientSecret } = ctx.config
  if (clientId === '' || clientSecret === '') throw missing('Vercel is not configured on this server.')
  try {
    return await exchangeCode(vercelApiUrl, { clientId, clientSecret, code, redirectUri })
  } catch (error) {
    if (error instanceof CallRefused && error.status < 500)
      throw invalid('invalid_input', 'Vercel does not know this code, or not any more.', 'code')
    ctx.log.warn({ err: error }, 'Vercel could not be asked')
    throw new Refusal(
      'unavailable',
      'vendor_unavailable',
      'Vercel does not answer; try again later.',
      null,
      30,
    )
  }
}
