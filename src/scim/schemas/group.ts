// The group, attribute by attribute as RFC 7643 §8.7.1 defines it.

import { attribute, type Schema } from '../schema.ts'

export const groupSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  name: 'Group',
  description: 'Group',
  attributes: [
    attribute('displayName', 'A human-readable name for the Group. REQUIRED.', { required: true }),
    attribute('members', 'A list of members of the Group.', {
      type: 'complex',
      multiValued: true,
      subAttributes: [
        attribute('value', 'Identifier of the member of this Group.', { mutability: 'immutable' }),
        attribute('$ref', 'The URI corresponding to a SCIM resource that is a member of this Group.', {
          type: 'reference',
          mutability: 'immutable',
          referenceTypes: ['User', 'Group'],
        }),
        attribute('type', "A label indicating the type of resource, e.g., 'User' or 'Group'.", {
          mutability: 'immutable',
          canonicalValues: ['User', 'Group'],
        }),
        attribute(
          'display',
          'A human-readable name for the group member, primarily used for display purposes.',
          { mutability: 'readOnly' },
        ),
      ],
    }),
  ],
}
