// Says of a list of attributes, in a few words, what it holds and which of them are of one kind.

import type { Attribute } from '../../../src/scim/schema.ts'

export const outline = (attributes: readonly Attribute[]): string[] =>
  attributes.map(
    ({ name, subAttributes }) =>
      name + (subAttributes ? ` ${subAttributes.map(sub => sub.name).join(' ')}` : ''),
  )

export const everywhere = (attributes: readonly Attribute[], test: (each: Attribute) => boolean): string[] =>
  attributes.flatMap(each => [
    ...(test(each) ? [each.name] : []),
    ...everywhere(each.subAttributes ?? [], test).map(name => `${each.name}.${name}`),
  ])
