// The kinds of resource that this service provider knows (RFC 7643 §6).

import type { ResourceType } from './schema.ts'
import { enterpriseSchema } from './schemas/enterprise.ts'
import { groupSchema } from './schemas/group.ts'
import { userSchema } from './schemas/user.ts'

export const userType: ResourceType = {
  id: 'User',
  name: 'User',
  endpoint: '/Users',
  description: 'User Account',
  schema: userSchema,
  extensions: [{ schema: enterpriseSchema, required: false }],
}

export const groupType: ResourceType = {
  id: 'Group',
  name: 'Group',
  endpoint: '/Groups',
  description: 'Group',
  schema: groupSchema,
  extensions: [],
}

/** What has endpoints today. */
export const servedTypes: readonly ResourceType[] = [userType, groupType]
