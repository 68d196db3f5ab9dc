// What is compared in place of a text: the value as it is, folded, or prepared, as its attribute says.

import type { AttributePath } from '../schema.ts'
import { userSchema } from '../schemas/user.ts'
import { fold } from '../text/fold.ts'
import { prepareUserName } from '../text/precis.ts'

/** Of users alone: another type may call something by this name too. */
const userName = userSchema.attributes.find(({ name }) => name === 'userName')

/** The comparison key of a text at `path`; columns hold exactly this (RFC 7643 §2.2 caseExact, RFC 7644 §5). */
export function keyOf({ attribute, sub }: AttributePath): (text: string) => string {
  if (attribute === userName) return prepareUserName
  return (sub ?? attribute).caseExact ? text => text : fold
}
