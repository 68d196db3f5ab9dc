// Forms as they come in.
import type { Context } from 'hono'

/** Gives a field by its name; '' when it is missing or a file. */
export async function readForm(c: Context): Promise<(name: string) => string> {
  const form = await c.req.formData()
  return name => {
    const value = form.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }
}
