// The kinds of fields that the bodies of the Organizations API are made of.
import { z } from 'zod'
import { readId } from '../../../base/id.ts'
import { invalid, Refusal } from '../../../base/refusal.ts'
import { readAddress } from '../../../domain/address.ts'
import { instantOf } from '../../../scim/text/instant.ts'

/** Text that every database can hold: no U+0000, no half of a surrogate pair. */
export const text = (max: number, kind = z.string()) =>
  kind.max(max).refine(value => !value.includes('\0') && value.isWellFormed(), {
    params: { code: 'invalid_input' },
    message: 'Expected text without U+0000 and lone surrogates.',
  })

/** Text that must say something once the blanks around it are gone. */
export const words = (max: number) => text(max, z.string().trim().min(1))

/** Passes a value through a reader of ours that may refuse it; the refusal becomes the field's error. */
export const readBy =
  <In, Out>(read: (value: In) => Out) =>
  (value: In, check: z.RefinementCtx): Out => {
    try {
      return read(value)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      check.addIssue({ code: 'custom', message: error.message, params: { code: error.code } })
      return z.NEVER
    }
  }

/** Whom a mail goes to, lower-cased. */
export const address = words(254).transform(readBy(readAddress))

/** null and blank text both mean that the field is cleared. */
export const clearable = <S extends z.ZodType>(schema: S) =>
  z.preprocess(value => (typeof value === 'string' && value.trim() === '' ? null : value), schema.nullable())

export const level = <const L extends number>(levels: readonly L[]) =>
  z.literal(levels).meta({ type: 'integer' })

/** A field that an unverified domain may not even name. */
export const gate = <S extends z.ZodType>(isVerified: boolean, schema: S) =>
  z
    .preprocess((value, check) => {
      if (!isVerified)
        check.addIssue({ code: 'custom', message: unverified, params: { code: 'verification_required' } })
      return value
    }, schema)
    .optional()

const unverified = 'The domain must be verified before this can be set.'

const refusing = <T>(read: (value: string) => T | undefined, expected: string) =>
  z.string().transform(
    readBy(value => {
      const result = read(value)
      if (result !== undefined) return result
      throw invalid('invalid_input', `Expected ${expected}, got "${value.slice(0, 80)}".`)
    }),
  )

export const uuid = refusing(readId, 'a UUID')

const timeForm = /^[\d-]{10}T(?!24)[\d:]{8}(\.\d{1,9})?(Z|[+-][\d:]{5})$/i

/** RFC 3339 in the form we store, or undefined when it is no such time or not of the years 1 to 9999. */
export const readTime = (value: string): string | undefined =>
  timeForm.test(value) ? instantOf(value)?.slice(0, 24) : undefined

export const time = refusing(readTime, 'an RFC 3339 time')
