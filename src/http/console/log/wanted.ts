// Whom the rows of the SCIM log are to be about: typed as a name, kept in the URL as an id.
import { findSubjects, type Subject } from '../../../manage/domains/scim-log/subject.ts'
import type { OrganizationCall } from '../call.ts'
import { type Filters, queryOf } from './filters.ts'

export interface Wanted {
  /** As it stands in its field. */
  readonly text: string
  /** All that it could mean; none where nothing was typed. */
  readonly subjects: readonly Subject[]
}

export async function readWanted(
  { ctx, c }: Pick<OrganizationCall, 'ctx' | 'c'>,
  { domainId, filters: { person } }: { domainId: string; filters: Filters },
): Promise<Wanted> {
  const typed = c.req.query('who')?.trim().slice(0, 200)
  const [known] = person === undefined || typed === '' ? [] : await findSubjects(ctx, domainId, person)
  if (typed === undefined && person !== undefined) {
    return { text: known?.name ?? person, subjects: known ? [known] : [] }
  }
  if (!typed) return { text: '', subjects: [] }
  if (known?.name === typed) return { text: typed, subjects: [known] }
  return { text: typed, subjects: await findSubjects(ctx, domainId, typed) }
}

/** Where the page of these filters is, when a name that was typed is settled or gone; undefined when it is here. */
export function placeOf(
  { c }: Pick<OrganizationCall, 'c'>,
  { path, filters: { person, ...others }, wanted }: { path: string; filters: Filters; wanted: Wanted },
): string | undefined {
  if (c.req.query('who') === undefined) return undefined
  const [only, ...more] = wanted.subjects
  if (wanted.text === '') return person === undefined ? undefined : path + queryOf(others)
  return only && more.length === 0 ? path + queryOf({ ...others, person: only.id }) : undefined
}
