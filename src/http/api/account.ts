// The caller's own account over HTTP: who it is, and its personal API keys.
import { z } from 'zod'
import { readAccount } from '../../manage/account.ts'
import * as keys from '../../manage/api-keys.ts'
import { readBy, text, time, uuid, words } from './mount/fields.ts'
import { ofAccount } from './mount/operation.ts'
import { pageOf, slice, sliceOf } from './mount/paging.ts'
import { id, instant, level, userBasic } from './mount/shapes.ts'

export const keyFields = z
  .object({
    label: words(128),
    scopes: z.array(text(64)).max(32).transform(readBy(keys.readScopes)),
    organizations: z
      .array(uuid)
      .min(1)
      .max(1000)
      .nullish()
      .describe('What the key is limited to; null: every organization of its owner.'),
    expires_at: time.nullish(),
  })
  .meta({ id: 'NewApiKey' })

const apiKey = z
  .object({
    id,
    label: z.string(),
    scopes: z.array(z.string()).readonly(),
    organizations: z.array(id).readonly().nullable(),
    hint: z.string().describe('The last characters of the value.'),
    created_at: instant,
    expires_at: instant.nullable(),
    last_used_at: instant.nullable(),
  })
  .meta({ id: 'ApiKey' })

const newKey = apiKey
  .extend({ value: z.string().describe('The key itself, in this answer alone.') })
  .meta({ id: 'ApiKeyWithValue' })

const brief = z.object({ id, name: z.string(), slug: z.string(), membership_level: level })
const account = userBasic
  .extend({
    organization: brief.nullable().describe('The one that `@current` stands for.'),
    organizations: z.array(brief),
  })
  .meta({ id: 'Account' })

export const me = ofAccount({
  id: 'getMe',
  summary: 'Who the caller is',
  answer: account,
  run: (ctx, { caller }) => readAccount(ctx, caller),
})

export const listKeys = ofAccount({
  id: 'listApiKeys',
  summary: 'The personal API keys of the caller',
  query: slice,
  answer: pageOf(apiKey),
  run: async (ctx, { caller, url, query }) => {
    const asked = query()
    return sliceOf(url, asked, await keys.readApiKeys(ctx, caller, asked))
  },
})

export const createKey = ofAccount({
  id: 'createApiKey',
  summary: 'Make an API key; its value is shown once',
  body: keyFields,
  answer: newKey,
  status: 201,
  run: async (ctx, { caller, body }) => keys.createApiKey(ctx, caller, await body()),
})

export const removeKey = ofAccount({
  id: 'deleteApiKey',
  summary: 'End an API key',
  answer: 'nothing',
  run: (ctx, { caller, id }) => keys.removeApiKey(ctx, caller, id('id')),
})
