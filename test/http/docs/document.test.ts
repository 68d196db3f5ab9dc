// The OpenAPI document: it is one, and it has every route that is mounted and no other.
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { apiRoutes, createApiApp } from '../../../src/http/api/app.ts'
import { createDocument } from '../../../src/http/docs/document.ts'
import type { OperationObject } from '../../../src/http/docs/openapi.ts'
import { createFilesApp } from '../../../src/http/files/app.ts'
import { createOpsApp } from '../../../src/http/ops/app.ts'
import { createSignInApp } from '../../../src/http/saml/app.ts'
import { routesOf } from '../../../src/http/scim/routes.ts'
import { createSignApp } from '../../../src/http/sign/app.ts'
import { standardKinds } from '../../../src/provision/kinds.ts'
import { userType } from '../../../src/scim/resource-types.ts'
import { testContext } from '../../context.ts'

// Neither the document nor the mounting of routes looks at the database.
const ctx = testContext(undefined as never)
const document = createDocument(ctx, '1.2.3')
const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
)
const operations = new Map(listed.map(({ path, method, operation }) => [`${method} ${path}`, operation]))

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)))
    expect(errors ?? []).toEqual([])
    expect(valid).toBe(true)
    expect(document.openapi).toBe('3.1.1')
  })

  it('has every route that is mounted, and no other', () => {
    const judge = () => Promise.reject(new Error('nobody is judged here'))
    const apps = [
      createApiApp(ctx),
      createSignInApp(ctx, judge),
      createSignApp(ctx),
      createFilesApp(ctx),
      createOpsApp(ctx, { draining: false }, '1'),
    ]
    const mounted = apps
      .flatMap(app => app.routes)
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}').replace('*', '{path}')}`)
    const scim = routesOf(standardKinds).map(
      ({ method, path }) => `${method} /scim/v2/{domain}${path === '/' ? '' : path}`,
    )
    const own = ['GET /openapi.json', 'GET /docs']
    expect([...operations.keys()].sort()).toEqual([...new Set([...mounted, ...scim, ...own])].sort())
  })

  it('calls each operation by a name of its own, under a subject that is explained', () => {
    const ids = listed.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter(id => !/^[a-z][A-Za-z]+$/.test(id))).toEqual([])
    const subjects = new Set(document.tags.map(({ name }) => name))
    expect(listed.filter(({ operation }) => !operation.tags.every(tag => subjects.has(tag)))).toEqual([])
  })

  it('names every parameter of a path', () => {
    for (const { path, method, operation } of listed) {
      const said = (operation.parameters ?? []).flatMap(each =>
        'name' in each && each.in === 'path' ? [each.name] : [],
      )
      expect([method, path, said]).toEqual([
        method,
        path,
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
      ])
    }
  })

  it('has a body for whatever writes with one', () => {
    const bodyless = listed.filter(
      ({ path, method, operation }) =>
        path.startsWith('/api/') && /P(OST|UT|ATCH)/.test(method) && !operation.requestBody,
    )
    expect(bodyless).toEqual([])
  })

  it('says scope and level of each route as its table does', () => {
    for (const [method, path, scope, level] of apiRoutes.organization) {
      const template = `/api/organizations/{organization}${path.replaceAll(/:(\w+)/g, '{$1}')}`
      const { security, description } = operations.get(`${method} ${template}`) as OperationObject
      expect(security).toEqual([{ apiKey: [scope] }, { session: [] }])
      expect(description).toContain(`the level ${level}.`)
    }
  })

  it('refers to nothing that is not there', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)]
    expect(references.length).toBeGreaterThan(200)
    const parts = new Map(
      Object.entries(document.components).map(([kind, named]) => [kind, Object.keys(named)]),
    )
    const lost = references.filter(([, kind = '', name = '']) => !parts.get(kind)?.includes(name))
    expect(lost.map(([text]) => text)).toEqual([])
  })

  it('has the SCIM user as its schema defines it', () => {
    const user = document.components.schemas.User as { properties: Record<string, object> }
    for (const { name, multiValued, description } of userType.schema.attributes) {
      expect(user.properties).toHaveProperty(name)
      expect(user.properties[name]).toMatchObject({ description, ...(multiValued && { type: 'array' }) })
    }
    expect(user.properties.password).toMatchObject({ writeOnly: true })
    expect(user.properties.id).toMatchObject({ readOnly: true })
  })

  it('has the limits by which bodies are validated', () => {
    expect(document.components.schemas.NewInvite).toMatchObject({
      required: ['target_email'],
      properties: {
        target_email: { type: 'string', maxLength: 254 },
        level: { type: 'integer', enum: [1, 8, 15], default: 1 },
      },
    })
    expect(document.components.schemas.DomainPatch).toMatchObject({
      properties: { sso_enforcement: { enum: ['', 'saml'] }, scim_enabled: { type: 'boolean' } },
    })
    expect(document.components.schemas.DomainPatch).not.toHaveProperty('required')
  })
})
