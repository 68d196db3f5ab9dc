// What every form of the console carries: that its page is ours, and which organization the page was about.
import { readId } from '../../base/id.ts'
import { Refusal } from '../../base/refusal.ts'
import { nameOwnOrganizations } from '../../manage/account.ts'
import type { Caller } from '../../manage/caller.ts'
import { csrfTokenOf } from '../own-pages.ts'
import type { ConsoleCall } from './call.ts'

export const formTokenOf = (sessionSecret: string, organizationId: string | undefined): string =>
  [csrfTokenOf(sessionSecret), organizationId ?? []].flat().join('.')

export function readFormToken(form: URLSearchParams) {
  const [token, organizationId] = form.get('csrf')?.split('.') ?? []
  return { token, organizationId }
}

/** Whoever switches in one tab has pages of the organization before in others, whose forms are not meant for this one. */
export async function requireSameOrganization(
  { ctx, principal, form, account }: ConsoleCall,
  { organizationId }: Caller,
): Promise<void> {
  const meant = readFormToken(form).organizationId
  if (meant === undefined || meant === organizationId) return
  const names = await nameOwnOrganizations(ctx, principal, [readId(meant) ?? []].flat())
  const before = names.get(meant) ?? 'another organization'
  throw new Refusal(
    'conflict',
    'other_organization',
    `The page was about ${before}, and you have switched to ${account.organization?.name} since. Nothing was done: switch back and send the form again.`,
  )
}
