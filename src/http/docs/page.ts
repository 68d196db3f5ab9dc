// The document as a page: what there is by subject, each operation unfolding to what it takes and answers. No script.
import { html } from 'hono/html'
import type { Markup, Page } from '../look/page.ts'
import type { Content, Document, HttpMethod, JsonSchema, OperationObject, Parameter } from './openapi.ts'
import { rowOf, rowsOf, shapeOf, tableOf, typeOf } from './shape.ts'
import { style } from './style.ts'
import { inline, paragraphs } from './text.ts'

interface Entry {
  readonly path: string
  readonly method: HttpMethod
  readonly operation: OperationObject
}

export function docsPage(document: Document): Page {
  const entries = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method as HttpMethod, operation })),
  )
  const byTag = Map.groupBy(entries, ({ operation }) => operation.tags[0] ?? '')
  const { info, tags, components } = document
  const names = Object.keys(components.schemas)
  return {
    title: 'API',
    isWide: true,
    style,
    body: html`<div class="frame">
<nav aria-label="Contents">
<p><a href="#about">About</a></p>
${tags.map(({ name }) => contents(name, byTag.get(name) ?? []))}
<p><a href="#schemas">Schemas</a></p>
</nav>
<div class="content">
<section id="about"><p class="faint">${info.title} ${info.version} · <a href="/openapi.json">openapi.json</a> (OpenAPI ${document.openapi})</p>
${paragraphs(info.description)}
${securityOf(document)}</section>
${tags.map(({ name, description }) => section({ name, description, entries: byTag.get(name) ?? [], document }))}
<section id="schemas"><h2>Schemas</h2>
${names.map(name => folded(`schema-${name}`, html`<code>${name}</code>`, shapeOf(components.schemas[name] ?? {})))}</section>
</div></div>`,
  }
}

const anchorOf = (tag: string): string => tag.toLowerCase().replaceAll(/\W+/g, '-')

const contents = (tag: string, entries: readonly Entry[]): Markup =>
  html`<p><a href="#${anchorOf(tag)}">${tag}</a></p>
<ul>${entries.map(
    ({ method, operation }) =>
      html`<li><a href="#${operation.operationId}">${badge(method)} ${operation.operationId}</a></li>`,
  )}</ul>`

const badge = (method: string): Markup => html`<span class="method ${method}">${method.toUpperCase()}</span>`

/** A link to its content unfolds it. */
const folded = (id: string, head: Markup, content: Markup): Markup =>
  html`<details><summary>${head}</summary><div class="unfolded" id="${id}">${content}</div></details>`

function securityOf({ components }: Document): Markup {
  const rows = Object.entries(components.securitySchemes).map(([name, scheme]) => {
    const { description }: { description?: string } = scheme
    return html`<tr><td><code>${name}</code></td><td>${inline(description ?? '')}</td></tr>`
  })
  return html`<h2>Credentials</h2><table><tbody>${rows}</tbody></table>`
}

function section({
  name,
  description,
  entries,
  document,
}: {
  name: string
  description: string
  entries: readonly Entry[]
  document: Document
}): Markup {
  return html`<section id="${anchorOf(name)}"><h2>${name}</h2><p>${inline(description)}</p>
${entries.map(entry => folded(entry.operation.operationId, headOf(entry), detailsOf(entry, document)))}</section>`
}

const headOf = ({ method, path, operation }: Entry): Markup =>
  html`${badge(method)} <code class="path">${path}</code> <span class="summary">${operation.summary}</span>`

function detailsOf({ operation }: Entry, document: Document): Markup {
  const { description, security, requestBody, responses } = operation
  const keys = [...new Set(security.flatMap(each => Object.keys(each)))]
  const parameters = parametersOf(operation, document)
  return html`<p>${inline(description ?? '')} ${keys.length > 0 ? html`<span class="faint">Credentials: ${keys.join(' or ')}.</span>` : ''}</p>
${parameters.length > 0 ? html`<h3>Parameters</h3>${tableOf(parameters)}` : ''}
${requestBody ? html`<h3>Body</h3>${contentOf(requestBody.content, document)}` : ''}
<h3>Answers</h3>${Object.entries(responses).map(([status, response]) => answerOf(status, response, document))}`
}

const parametersOf = ({ parameters = [] }: OperationObject, { components }: Document): Markup[] =>
  parameters.flatMap(each => {
    const parameter: Parameter | undefined =
      '$ref' in each ? new Map(Object.entries(components.parameters)).get(lastOf(each.$ref)) : each
    if (!parameter) return []
    const { name, required = false, description, schema } = parameter
    return [
      rowOf({
        name,
        schema,
        isRequired: required,
        description: `${places[parameter.in]}${description ?? ''}`,
      }),
    ]
  })

const places = { path: 'In the path. ', query: '', header: 'A header. ' }

const lastOf = (reference: string) => reference.split('/').at(-1) ?? ''

/** The same schema under another media type is said once; with a document, what has a name is shown in full. */
function contentOf(content: Content, document?: Document): Markup[] {
  const bySchema = Map.groupBy(Object.entries(content), ([, { schema }]) => JSON.stringify(schema))
  return [...bySchema.values()].flatMap(group => {
    const schema = group[0]?.[1].schema
    if (!schema) return []
    const types = group.map(([type]) => type).join(', ')
    return [
      html`<p>${typeOf(schema)} <span class="faint">${types}</span></p>${tableOf(rowsOf(resolved(schema, document)))}`,
    ]
  })
}

function resolved(schema: JsonSchema, document: Document | undefined): JsonSchema {
  const { $ref } = schema
  if (!document || typeof $ref !== 'string') return schema
  return new Map(Object.entries(document.components.schemas)).get(lastOf($ref)) ?? schema
}

function answerOf(
  status: string,
  response: OperationObject['responses'][string],
  { components }: Document,
): Markup {
  const isShared = '$ref' in response
  const found = isShared ? new Map(Object.entries(components.responses)).get(lastOf(response.$ref)) : response
  const words = status === 'default' ? 'else' : status
  return html`<div class="answer"><strong>${words}</strong> ${inline(found?.description ?? '')}
${isShared || !found?.content ? '' : contentOf(found.content)}</div>`
}
