// Backups by hand: a copy of the SQLite file beside the data, or the line that PostgreSQL's own tool wants.
import { join, resolve } from 'node:path'
import { Refusal } from '../../base/refusal.ts'
import type { Context } from '../../context.ts'
import { type Copy, copyFileAside, listCopies, makeCopyFolder, requireFile } from '../../store/backup.ts'
import { kindOf } from '../../store/dialect.ts'
import { appendOperatorLog } from '../../store/records/operator-log.ts'
import type { Principal } from '../caller.ts'
import { requireOperator } from './rights.ts'

export type Copies =
  | { readonly kind: 'sqlite'; readonly folder: string; readonly copies: readonly Copy[] }
  /** What to run on a machine that has `pg_dump`; it asks for the password itself. */
  | { readonly kind: 'postgres'; readonly line: string }

const folderOf = ({ config }: Context): string => resolve(config.dataDir, 'backups')

export async function readCopies(ctx: Context): Promise<Copies> {
  if (kindOf(ctx.db) === 'postgres') return { kind: 'postgres', line: dumpLine(ctx) }
  const folder = folderOf(ctx)
  return { kind: 'sqlite', folder, copies: listCopies(folder) }
}

/** The server goes on meanwhile. Gives the file. */
export async function backUpNow(ctx: Context, principal: Principal): Promise<string> {
  requireOperator(principal)
  if (kindOf(ctx.db) === 'postgres')
    throw new Refusal(
      'invalid',
      'not_sqlite',
      'PostgreSQL is backed up by its own tools: run the line below.',
    )
  const now = ctx.now().toISOString()
  const folder = folderOf(ctx)
  makeCopyFolder(folder)
  const file = join(folder, `gatehouse-${now.replaceAll(':', '-')}.db`)
  const outcome = await copyFileAside(await requireFile(ctx.db), file).then(
    () => null,
    (error: Error) => error,
  )
  await appendOperatorLog(ctx.db, {
    actor: principal.actor,
    action: 'backup.made',
    target: file,
    outcome: outcome?.message ?? 'done',
    now,
  })
  if (outcome)
    throw new Refusal('unavailable', 'backup_failed', `The copy could not be made: ${outcome.message}.`)
  return file
}

function dumpLine({ config, now }: Context): string {
  const url = new URL(config.databaseUrl)
  url.password = ''
  // The other places where a driver takes one from.
  for (const name of ['password', 'sslpassword']) url.searchParams.delete(name)
  const name = `gatehouse-${now().toISOString().slice(0, 10)}.dump`
  return `pg_dump --format=custom --file=${name} '${url.href.replaceAll("'", '%27')}'`
}
