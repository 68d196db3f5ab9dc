// What is compared in place of a text: the value as it is, folded, or prepared, as its attribute says.

import { fold } from '../fold.ts'
import { prepareUserName } from '../precis.ts'
import type { AttributePath } from '../schema.ts'

/** The comparison key of a text at `path`; columns hold exactly this (RFC 7643 §2.2 caseExact, RFC 7644 §5). */
export function keyOf({ extension, attribute, sub }: AttributePath): (text: string) => string {
  if (extension === undefined && attribute.name === 'userName') return prepareUserName
  return (sub ?? attribute).caseExact ? text => text : fold
}
