// What an operation of the Organizations API is: a name, the schemas of what it takes and answers, and the code between them.
import type { z } from 'zod'
import type { Context } from '../../../context.ts'
import type { Caller, Principal } from '../../../manage/caller.ts'
import { parse, readJson } from './body.ts'
import { type ApiContext, publicUrl, readPathId } from './request.ts'

/** One request. It is read through the operation's schemas, in the order in which the operation refuses. */
export interface Call<Who = unknown, Query = unknown, Body = unknown> {
  readonly c: ApiContext
  readonly caller: Who
  /** As the outside knows it. */
  readonly url: URL
  /** The id in the path by this name; throws 404. */
  id(name: string): string
  query(): Query
  body(): Promise<Body>
}

/** `nothing` is 204, and `redirect` 302. */
type Answer = z.ZodType | 'nothing' | 'redirect'

/** What the document says of an operation. */
export interface Described {
  /** `createDomain`, as generated clients call it. */
  readonly id: string
  readonly summary: string
  /** Who may call it, where scope and level are not all there is to say. */
  readonly note?: string
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly answer: Answer
  /** Of a good answer, where it is not 200 (or 204, 302). */
  readonly status?: 201
  /** Whether it is 204 when there is nothing to say. */
  readonly mayBeEmpty?: true
  /** A line of the same as NDJSON, with `format=ndjson`. */
  readonly line?: z.ZodType
  /** What a refusal looks like where it is not the error object. */
  readonly refusal?: z.ZodType
  /** How whoever calls proves to be somebody, where it is no API key or session. */
  readonly proof?: 'vercelToken' | 'pandaDocSignature'
}

export interface Operation<Who> extends Described {
  handle(ctx: Context, caller: Who, c: ApiContext): Promise<Response>
}

interface Definition<Who, Query extends z.ZodObject, Body extends z.ZodType, Gives extends Answer>
  extends Described {
  readonly query?: Query
  readonly body?: Body
  readonly answer: Gives
  run(ctx: Context, call: Call<Who, z.output<Query>, z.output<Body>>): Outcome<Gives>
}

/** A response is for what is no JSON of the schema. */
type Outcome<Gives extends Answer> = Gives extends z.ZodType
  ? Promise<z.input<Gives> | Response>
  : Gives extends 'nothing'
    ? Promise<void>
    : Promise<Response>

const operationFor =
  <Who>() =>
  <Query extends z.ZodObject, Body extends z.ZodType, Gives extends Answer>(
    definition: Definition<Who, Query, Body, Gives>,
  ): Operation<Who> => ({
    ...definition,
    handle: async (ctx, caller, c) => {
      const outcome: unknown = await definition.run(ctx, callOf(ctx, { c, caller, definition }))
      if (outcome instanceof Response) return outcome
      return outcome === undefined ? c.body(null, 204) : c.json(outcome, definition.status ?? 200)
    },
  })

function callOf<Who, Query extends z.ZodObject, Body extends z.ZodType>(
  ctx: Context,
  {
    c,
    caller,
    definition: { query, body },
  }: { c: ApiContext; caller: Who; definition: Pick<Definition<Who, Query, Body, Answer>, 'query' | 'body'> },
): Call<Who, z.output<Query>, z.output<Body>> {
  return {
    c,
    caller,
    url: publicUrl(ctx, c),
    id: name => readPathId(c, name),
    query: () => readQuery(c, required(query)),
    body: async () => parse(required(body), await readJson(c)),
  }
}

/** The parameters that the schema names; an operation takes no notice of others. */
function readQuery<Query extends z.ZodObject>(c: ApiContext, schema: Query): z.output<Query> {
  const sent = Object.keys(schema.shape).map(name => [name, c.req.query(name)] as const)
  return parse(schema, Object.fromEntries(sent.filter(([, value]) => value !== undefined)))
}

function required<Schema>(schema: Schema | undefined): Schema {
  if (schema === undefined) throw new Error('The operation reads what it has no schema for.')
  return schema
}

/** Of a member, in their organization. */
export const inOrganization = operationFor<Caller>()
/** Of whoever has credentials, wherever they are a member. */
export const ofAccount = operationFor<Principal>()
/** Of anybody; it asks for proof itself where it wants any. */
export const ofAnybody = operationFor<undefined>()
