// Whose a masked name is: the one user or group of the domain whom the mask fits.
import type { Context } from '../../../context.ts'
import { maskTerm } from '../../../scim/mask.ts'
import { isObject, type Json } from '../../../scim/resource.ts'
import { listResourcesLike, type NamedResource } from '../../../store/resources/names.ts'
import { nameOf } from './names.ts'
import type { LoggedRequest } from './search.ts'
import { findSubjects, type Subject } from './subject.ts'

const mostAlike = 50

/** Undefined when nobody or several could be meant. */
export async function findOwner(
  ctx: Context,
  domainId: string,
  mask: string,
): Promise<NamedResource | undefined> {
  const [begin = '', end = ''] = mask.split('***')
  if (begin === '') return undefined
  const alike = await listResourcesLike(ctx.db, domainId, { begin, end, limit: mostAlike })
  const owners = alike.filter(resource => namesIn(documentOf(resource)).some(name => maskTerm(name) === mask))
  return alike.length < mostAlike && owners.length === 1 ? owners[0] : undefined
}

export const documentOf = ({ doc }: NamedResource): Json => JSON.parse(doc) as Json

function namesIn(resource: Json): string[] {
  if (!isObject(resource)) return []
  const { userName, displayName, emails } = resource
  const addresses = Array.isArray(emails) ? emails.map(each => (isObject(each) ? each.value : null)) : []
  return [userName, displayName, ...addresses].filter(name => typeof name === 'string')
}

/** Who has the name for which a request was refused; null when it was not, or when they are not to be told. */
export async function findHolder(
  ctx: Context,
  domainId: string,
  { scim_type, request_body: body, resource_type }: LoggedRequest,
): Promise<Subject | null> {
  if (scim_type !== 'uniqueness' || !isObject(body)) return null
  const name = resource_type === 'Group' ? body.displayName : body.userName
  if (typeof name !== 'string') return null
  if (!name.includes('***')) return (await findSubjects(ctx, domainId, name))[0] ?? null
  const owner = await findOwner(ctx, domainId, name)
  return owner ? { id: owner.id, type: owner.type, name: nameOf(owner) } : null
}
