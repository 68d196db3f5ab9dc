// Which user of the domain stands for whoever pushes: that of the person who made the token.
import type { Context } from '../../context.ts'
import { notFound } from '../../scim/errors.ts'
import { findUserOfPerson } from '../../store/resources/users.ts'
import type { Push } from '../push.ts'

/** Throws 404 when the maker of the token is the operator, or nobody whom the directory has pushed. */
export async function requireOwnUser(ctx: Context, { token }: Push): Promise<string> {
  const id = token.createdBy && (await findUserOfPerson(ctx.db, token.domain.id, token.createdBy))
  if (!id) throw notFound('No user of this domain stands for the person who made this token.')
  return id
}
