// Whom a row of the SCIM log is about: rows are stored masked, and show a name for as long as its owner is there.
import type { Context } from '../../../context.ts'
import { maskTerm } from '../../../scim/mask.ts'
import { isObject } from '../../../scim/resource.ts'
import { listNamedResources, type NamedResource } from '../../../store/resources/names.ts'
import type { LoggedRequest } from './search.ts'

export interface NamedRequest extends LoggedRequest {
  /** Null when the request was about nobody, or about somebody who is gone. */
  readonly resource_name: string | null
}

interface Names {
  readonly shown: string
  /** As the sentence of a row may call them. */
  readonly written: readonly string[]
}

type Nameable = Pick<LoggedRequest, 'resource_id' | 'outcome'>

/** With the names, in their sentences too. */
export async function nameRequests<Row extends Nameable>(
  ctx: Context,
  domainId: string,
  rows: readonly Row[],
): Promise<(Row & Pick<NamedRequest, 'resource_name'>)[]> {
  const ids = [...new Set(rows.flatMap(row => row.resource_id ?? []))]
  const named = await listNamedResources(ctx.db, domainId, ids)
  const names = new Map(named.map(resource => [resource.id, namesOf(resource)]))
  return rows.map(row => {
    const name = names.get(row.resource_id ?? '')
    return name
      ? { ...row, resource_name: name.shown, outcome: withName(row.outcome, name) }
      : { ...row, resource_name: null }
  })
}

function namesOf({ doc }: NamedResource): Names {
  const resource: unknown = JSON.parse(doc)
  const { displayName, userName, name } = isObject(resource) ? resource : {}
  const parts = isObject(name)
    ? [name.formatted, [name.givenName, name.familyName].filter(Boolean).join(' ')]
    : []
  const texts = [displayName, ...parts, userName].filter(text => typeof text === 'string' && text !== '')
  const shown = String(texts[0] ?? '')
  const written = [userName, displayName].filter(text => typeof text === 'string' && text !== '').map(String)
  return { shown, written: written.flatMap(text => [maskTerm(text), maskTerm(text.toLowerCase())]) }
}

export const nameOf = (resource: NamedResource): string => namesOf(resource).shown

/** What is masked to nothing but asterisks could be anybody. */
function withName(outcome: string, { shown, written }: Names): string {
  const found = written.find(text => text !== '***' && text !== shown && outcome.includes(` ${text}`))
  return found === undefined ? outcome : outcome.replace(` ${found}`, () => ` ${shown}`)
}
