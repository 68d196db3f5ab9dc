// The system page: the state of the installation, and the buttons that try its ways out.
import { backUpNow } from '../../../manage/operators/backups.ts'
import { discardItem, retryItem } from '../../../manage/operators/outbox.ts'
import { testDns, testMail, testStorage } from '../../../manage/operators/self-tests.ts'
import { readSystem } from '../../../manage/operators/system.ts'
import { statuses } from '../../explained.ts'
import { type ConsoleCall, idIn } from '../call.ts'
import { showConsole } from '../frame.ts'
import { requireAnswerable } from '../notice.ts'
import { type Happened, systemPage } from './system-page.ts'

export const show = (call: ConsoleCall): Promise<Response> => showSystem(call, {})

async function showSystem(call: ConsoleCall, happened: Happened): Promise<Response> {
  const system = await readSystem(call.ctx, call.principal)
  const status = happened.refusal ? statuses[happened.refusal.kind] : 200
  return showConsole(call, status, systemPage({ call, system, happened }))
}

/** Does what a button says and shows the page with what came of it; a refusal too. */
async function act(call: ConsoleCall, deed: () => Promise<Happened>): Promise<Response> {
  try {
    return await showSystem(call, await deed())
  } catch (error) {
    return showSystem(call, { refusal: requireAnswerable(error) })
  }
}

export const testMailNow = (call: ConsoleCall): Promise<Response> =>
  act(call, async () => ({ mail: await testMail(call.ctx, call.principal) }))

export const testDnsNow = (call: ConsoleCall): Promise<Response> =>
  act(call, async () => ({ dns: await testDns(call.ctx, call.principal, call.form.get('name') ?? '') }))

export const testStorageNow = (call: ConsoleCall): Promise<Response> =>
  act(call, async () => ({ storage: await testStorage(call.ctx, call.principal) }))

export const backUp = (call: ConsoleCall): Promise<Response> =>
  act(call, async () => ({
    done: `The database was copied to ${await backUpNow(call.ctx, call.principal)}.`,
  }))

export const retry = (call: ConsoleCall): Promise<Response> =>
  act(call, async () => {
    await retryItem(call.ctx, call.principal, idIn(call, 'id'))
    return { done: 'It is tried again within a second.' }
  })

export const drop = (call: ConsoleCall): Promise<Response> =>
  act(call, async () => {
    await discardItem(call.ctx, call.principal, idIn(call, 'id'))
    return { done: 'It is dropped, and is never sent.' }
  })
