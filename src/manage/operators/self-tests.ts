// The ways out, tried at once and in the open: a mail, a question to the name servers, a file in the storage.
import { domainToASCII } from 'node:url'
import { newId } from '../../base/id.ts'
import { invalid } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { serversAsked, type TxtAnswer } from '../../outside/dns.ts'
import { testLetter } from '../../outside/mail/letters.ts'
import { appendOperatorLog } from '../../store/records/operator-log.ts'
import type { Principal } from '../caller.ts'
import { requireOperator } from './rights.ts'

export const mailTested = 'mail.tested'
/** What a test ends with that a mail server took. */
export const handedOver = 'handed over'

export interface MailTest {
  readonly to: string
  readonly result: 'handed over' | 'in a file' | 'failed'
  /** Why not. */
  readonly error: string | null
  readonly milliseconds: number
}

/** To the operator's own address. */
export async function testMail(ctx: Context, principal: Principal): Promise<MailTest> {
  requireOperator(principal)
  const { email: to } = principal.person
  const now = ctx.now().toISOString()
  const began = performance.now()
  const mail = testLetter({ to, url: `${ctx.config.baseUrl}/`, at: now })
  const { result, error } = await ctx.sendMail(mail, newId()).then(
    ({ isHandedOver }) => ({ result: isHandedOver ? handedOver : 'in a file', error: null }) as const,
    (reason: unknown) => ({ result: 'failed', error: sentenceOf(reason) }) as const,
  )
  const outcome = error === null ? result : `${result}: ${error}`
  await appendOperatorLog(ctx.db, { actor: principal.actor, action: mailTested, target: to, outcome, now })
  return { to, result, error, milliseconds: since(began) }
}

export interface DnsTest {
  readonly name: string
  readonly servers: readonly string[]
  readonly answer: TxtAnswer
  readonly milliseconds: number
}

const longestName = 253
const nameForm = /^[\p{L}\p{M}\p{N}._-]+$/u

/** Looks a TXT record up as the verification of a domain does. */
export async function testDns(ctx: Context, principal: Principal, typed: string): Promise<DnsTest> {
  requireOperator(principal)
  const name = nameForm.test(typed.trim()) ? domainToASCII(typed.trim().replace(/\.$/, '')) : ''
  if (name === '' || name.length > longestName)
    throw invalid('invalid_input', `Expected the name of a record, got "${typed.slice(0, 80)}".`, 'name')
  const began = performance.now()
  const answer = await ctx.lookUpTxt(name)
  const servers = serversAsked(ctx.config.dnsServers)
  return { name, servers, answer, milliseconds: since(began) }
}

export interface StorageTest {
  readonly place: string
  /** Which step failed and why; null when all went well. */
  readonly failure: { readonly step: 'write' | 'read' | 'compare' | 'remove'; readonly error: string } | null
  readonly milliseconds: number
}

/** Writes a small file, reads it, removes it. */
export async function testStorage(ctx: Context, principal: Principal): Promise<StorageTest> {
  requireOperator(principal)
  const { files, config } = ctx
  const key = `self-test/${newId()}.pdf`
  const bytes = new TextEncoder().encode(`self-test ${key}`)
  const place = config.s3Bucket === '' ? `${config.dataDir}/files` : `${config.s3Endpoint}/${config.s3Bucket}`
  const began = performance.now()
  let step: NonNullable<StorageTest['failure']>['step'] = 'write'
  try {
    await files.put(key, bytes, ctx.now())
    step = 'read'
    const read = await files.read(key, ctx.now())
    step = 'compare'
    if (!Buffer.from(read).equals(bytes))
      throw new Error(`expected the ${bytes.length} bytes that were written, got ${read.length} others`)
    step = 'remove'
    await files.remove(key, ctx.now())
    return { place, failure: null, milliseconds: since(began) }
  } catch (error) {
    return { place, failure: { step, error: sentenceOf(error) }, milliseconds: since(began) }
  }
}

const since = (began: number): number => Math.round(performance.now() - began)
const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
