// The first step of a link without a domain: its holder says which one, and it is the link's from then on.
import { invalid, Refusal } from '../../base/refusal.ts'
import { createDomain } from '../../manage/domains/claim.ts'
import { statuses } from '../explained.ts'
import { basePath, type SetUpCall } from './call.ts'
import { showSetUp } from './frame.ts'
import { claimForm } from './pages.ts'

const title = 'Set up a domain'

export const ask = (call: SetUpCall): Response | Promise<Response> =>
  showSetUp(call, 200, { title, body: claimForm(call) })

export async function claim(call: SetUpCall): Promise<Response> {
  const typed = call.form.get('domain') ?? ''
  try {
    if (typed.trim() === '') throw invalid('required', 'Please type the name of a domain, as acme.com.')
    await createDomain(call.ctx, call.setUp.caller, { name: typed, settings: {} })
    return call.c.redirect(basePath, 303)
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.kind !== 'invalid') throw refusal
    return showSetUp(call, statuses[refusal.kind], { title, body: claimForm(call, { refusal, typed }) })
  }
}
