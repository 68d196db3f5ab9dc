// The kinds of parameters that the queries of the Organizations API are made of.
import { z } from 'zod'
import { invalid } from '../../../base/refusal.ts'
import { readBy, readTime, text } from './fields.ts'

const longestParam = 1000

const isGiven = {
  params: { code: 'invalid_input' },
  message: 'Expected a value, got an empty one.',
  abort: true,
}

/** Text; a parameter may be absent but not empty. */
export const param = () =>
  text(
    longestParam,
    z.string().refine(value => value !== '', isGiven),
  ).meta({ minLength: 1 })

/** In the document, what is read from text is what it is read as. */
const unlikeText = { minLength: undefined, maxLength: undefined }

/** A whole number; one above `most` counts as `most`. */
export const whole = ({ least = 0, most = Number.MAX_SAFE_INTEGER } = {}) =>
  param()
    .transform(
      readBy(value => {
        const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN
        if (number >= least) return Math.min(number, most)
        throw invalid('invalid_input', `Expected a whole number of at least ${least}, got "${value}".`)
      }),
    )
    .meta({ ...unlikeText, type: 'integer', minimum: least })

export const choice = <const Choice extends string>(choices: readonly Choice[]) =>
  param()
    .pipe(z.enum(choices))
    .meta({ ...unlikeText, enum: choices })

export const instant = () =>
  param()
    .transform(
      readBy(value => {
        const read = readTime(value)
        if (read !== undefined) return read
        throw invalid('invalid_input', `Expected an RFC 3339 time, got "${value.slice(0, 100)}".`)
      }),
    )
    .meta({ ...unlikeText, format: 'date-time' })
