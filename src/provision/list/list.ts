// The lists of SCIM, of one kind of resource or of several: the stored texts of one page, joined as they are.
import type { Context } from '../../context.ts'
import { readListQuery, readPaging } from '../../scim/query/query.ts'
import type { Asked } from '../../scim/query/search.ts'
import { checkSorts } from '../../scim/query/sort.ts'
import type { StoredRow } from '../../store/query/pages.ts'
import type { Kind } from '../kind.ts'
import { type Body, listOf } from '../pieces.ts'
import { baseUrlOf, type Push } from '../push.ts'
import type { Texts } from '../show.ts'
import { type List, pageByCursor, pageByIndex } from './page.ts'

export interface Listed {
  /** A ListResponse (RFC 7644 §3.4.2). */
  readonly text: Body
  /** The same with its first resources only, which is what the log keeps. */
  readonly excerpt: string
}

export interface ListRequest {
  readonly kinds: readonly Kind[]
  /** Whether resources of any kind are listed, so that what one kind has need not be known to another (§3.4.2.1). */
  readonly isMixed: boolean
  readonly asked: Asked
}

const keptInLog = 10

export async function listResources(
  ctx: Context,
  push: Push,
  { kinds, isMixed, asked }: ListRequest,
): Promise<Listed> {
  const reading = { leniency: push.leniency, unknown: isMixed ? 'absent' : 'refused' } as const
  const sources = kinds.map(kind => ({ kind, query: readListQuery(kind.type, asked, reading) }))
  checkSorts(
    sources.map(({ query }) => query.sort),
    asked.sortBy,
  )
  const paging = readPaging(asked)
  const scope = { domainId: push.token.domain.id, baseUrl: baseUrlOf(ctx, push.token.domain.id) }
  const reader = { id: push.token.id, isRemembered: push.isRehearsal !== true }
  const list: List = { scope, sources, isMixed, asked, reader }
  const { entries, ...head } =
    paging.method === 'index' ? await pageByIndex(ctx, list, paging) : await pageByCursor(ctx, list, paging)
  tell(push, list, { total: head.totalResults, entries })
  return respond(head, entries)
}

/** A directory asks for one resource by its name before each change: then the log is about that resource. */
function tell(
  { story }: Push,
  list: List,
  { total, entries }: { total: number; entries: readonly { row: StoredRow }[] },
): void {
  const name = nameOf(list)
  const [first] = entries
  if (list.asked.filter === undefined) story.deed = `Listed ${entries.length} of ${total} ${name}s`
  else {
    story.deed = 'Looked for'
    story.filter = list.asked.filter
    if (total === 1 && first) story.resourceId = first.row.id
    story.effects.push(foundOf(name, total, entries.length))
  }
}

function foundOf(name: string, total: number, shown: number): string {
  if (total === 0) return name === 'user' ? 'nobody' : `no such ${name}`
  if (total === 1) return `found one ${name}`
  return `found ${total} ${name}s${shown < total ? `, ${shown} of them on this page` : ''}`
}

function nameOf({ sources: [source], isMixed }: List): string {
  return isMixed || !source ? 'resource' : source.kind.type.name.toLowerCase()
}

function respond(head: object, entries: readonly Texts[]): Listed {
  const response = { schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'], ...head }
  const begun = `${JSON.stringify({ ...response, itemsPerPage: entries.length }).slice(0, -1)},"Resources":`
  const texts = entries.map(entry => entry.text)
  const excerpts = entries.slice(0, keptInLog).map(entry => entry.excerpt)
  const isWhole = texts.every(text => typeof text === 'string')
  return {
    text: isWhole ? `${begun}[${texts.join()}]}` : listOf(begun, texts),
    excerpt: `${begun}[${excerpts.join()}]}`,
  }
}
