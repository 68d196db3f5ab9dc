// The places in which one operation of a bulk speaks of the resource that another one makes (RFC 7644 §3.7.2).
import { invalidSyntax } from '../errors.ts'
import { isObject } from '../resource.ts'

/** What a `bulkId` stands for; throws when it stands for nothing. */
export type Resolve = (bulkId: string) => string

/** No SCIM body is nested so deep; what is deeper is an attack on whoever reads it. */
const maxDepth = 32

const whole = /^bulkId:(.+)$/s
/** `../Users/bulkId:qwerty`, as a `$ref` has it. */
const atEnd = /^(.*\/)bulkId:([^/]+)$/s
/** A comparand in the filter of a PATCH path, in quotes or, as some write it, without. */
const inFilter = /"bulkId:((?:[^"\\]|\\.)+)"|(?<![\w"])bulkId:([^\s"()[\]]+)/g

/** The body with ids in place of references, however deep they stand; the same one when it has none. */
export function resolveBody(body: unknown, resolve: Resolve): unknown {
  return resolveValue(body, { name: '', depth: 0 }, resolve)
}

export const resolveId = (id: string, resolve: Resolve): string => {
  const bulkId = whole.exec(id)?.[1]
  return bulkId === undefined ? id : resolve(bulkId)
}

/** The bulkIds that an operation refers to. */
export function referencesIn({ id, body }: { id: string | undefined; body: unknown }): Set<string> {
  const found = new Set<string>()
  const note: Resolve = bulkId => {
    found.add(bulkId)
    return ''
  }
  if (id !== undefined) resolveId(id, note)
  resolveBody(body, note)
  return found
}

interface Place {
  /** Of the attribute that the value belongs to. */
  readonly name: string
  readonly depth: number
}

function resolveValue(value: unknown, { name, depth }: Place, resolve: Resolve): unknown {
  if (typeof value === 'string') return value.includes('bulkId:') ? resolveText(value, name, resolve) : value
  if (depth > maxDepth)
    throw invalidSyntax(`The data may be nested ${maxDepth} levels deep, but it is nested deeper.`)
  if (Array.isArray(value)) return value.map(each => resolveValue(each, { name, depth: depth + 1 }, resolve))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      resolveValue(each, { name: key.toLowerCase(), depth: depth + 1 }, resolve),
    ]),
  )
}

function resolveText(text: string, name: string, resolve: Resolve): string {
  const bulkId = whole.exec(text)?.[1]
  if (bulkId !== undefined) return resolve(bulkId)
  if (name === '$ref') return text.replace(atEnd, (_, before, last) => before + resolve(last))
  if (name !== 'path') return text
  return text.replace(inFilter, (_, quoted, bare) => JSON.stringify(resolve(quoted ?? bare)))
}
