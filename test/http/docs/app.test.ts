// /openapi.json and /docs as they are served: the document itself, and a page that is safe and loads nothing.

import { describe, expect, it } from 'vitest'
import { createDocsApp } from '../../../src/http/docs/app.ts'
import { createDocument } from '../../../src/http/docs/document.ts'
import { assets } from '../../../src/http/look/assets.ts'
import { testContext } from '../../context.ts'

const ctx = testContext(undefined as never)
const app = createDocsApp(ctx, '1.2.3')

describe('GET /openapi.json', () => {
  it('is the document, with the address of this server', async () => {
    const response = await app.request('/openapi.json')
    expect(response.headers.get('content-type')).toBe('application/json')
    const body = await response.json()
    expect(body).toEqual(JSON.parse(JSON.stringify(createDocument(ctx, '1.2.3'))))
    expect(body).toMatchObject({ servers: [{ url: ctx.config.baseUrl }], info: { version: '1.2.3' } })
  })
})

describe('GET /docs', () => {
  it('shows every operation and every schema, each at an anchor of its own', async () => {
    const page = await (await app.request('/docs')).text()
    const { paths, components } = createDocument(ctx, '1.2.3')
    const ids = Object.values(paths).flatMap(methods => Object.values(methods).map(each => each.operationId))
    for (const id of [...ids, ...Object.keys(components.schemas).map(name => `schema-${name}`)])
      expect(page.split(`id="${id}"`).length, id).toBe(2)
  })

  it('links to nothing that is not on it, and loads nothing but the style sheet of all pages', async () => {
    const response = await app.request('/docs')
    const page = await response.text()
    const anchors = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
    const links = [...page.matchAll(/ href="([^"]+)"/g)].map(([, href = '']) => href)
    const everywhere = new Set(['/', '/openapi.json', assets.style.path])
    expect(links.filter(href => !everywhere.has(href) && !anchors.has(href.replace(/^#/, '')))).toEqual([])
    expect(page).not.toMatch(/<(script|img|iframe)|src=|@import|url\(/)
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'nonce-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    )
  })

  it('is 404 in the error object of the API elsewhere', async () => {
    const response = await app.request('/docs/nothing')
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ type: 'invalid_request', code: 'not_found', attr: null })
  })
})
