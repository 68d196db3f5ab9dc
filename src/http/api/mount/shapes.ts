// The parts that several answers of the Organizations API are made of.
import { z } from 'zod'

export const id = z.string().meta({ format: 'uuid' })
/** RFC 3339 in UTC, with milliseconds. */
export const instant = z.string().meta({ format: 'date-time' })
export const address = z.string().meta({ format: 'email' })
export const url = z.string().meta({ format: 'uri' })

const levels = 'member 1, admin 8, owner 15'
export const level = z.int().meta({ enum: [1, 8, 15], description: levels })

export const userBasic = z
  .object({
    id,
    uuid: id.describe('The same as `id`.'),
    first_name: z.string(),
    last_name: z.string(),
    email: address,
    is_email_verified: z.boolean(),
  })
  .meta({ id: 'UserBasic' })
