// The documents by which a client learns what is here, attribute by attribute (RFC 7643 §8.7.2, RFC 9865 §4, RFC 9967 §4).

import { type Attribute, attribute, type Schema } from '../schema.ts'

type Rest = Partial<Attribute>

/** All of it is ours to say. */
const given = (name: string, description: string, rest: Rest = {}): Attribute =>
  attribute(name, description, { mutability: 'readOnly', ...rest })

const must = (name: string, description: string, rest: Rest = {}): Attribute =>
  given(name, description, { required: true, ...rest })

const flag = { type: 'boolean' } as const
const exact = { caseExact: true } as const
const reference = (type: string): Rest => ({ type: 'reference', referenceTypes: [type], ...exact })
const parts = (...subAttributes: Attribute[]): Rest => ({ type: 'complex', subAttributes })
const many = (...subAttributes: Attribute[]): Rest => ({ ...parts(...subAttributes), multiValued: true })

const supported = must('supported', 'Whether this is supported.', flag)

const serviceProviderConfigSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig',
  name: 'ServiceProviderConfig',
  description: 'What the service provider supports.',
  attributes: [
    given('documentationUri', 'Where people find help.', reference('external')),
    must('patch', 'Changes by PATCH.', parts(supported)),
    must(
      'bulk',
      'Many operations in one request.',
      parts(
        supported,
        must('maxOperations', 'The most operations in one request.', { type: 'integer' }),
        must('maxPayloadSize', 'The most bytes in one request.', { type: 'integer' }),
      ),
    ),
    must(
      'filter',
      'Filters.',
      parts(supported, must('maxResults', 'The most resources in one answer.', { type: 'integer' })),
    ),
    must('changePassword', 'Changes of passwords.', parts(supported)),
    must('sort', 'Sorted lists.', parts(supported)),
    must('etag', 'Versions of resources as entity tags.', parts(supported)),
    given(
      'pagination',
      'How lists are paged.',
      parts(
        must('cursor', 'Whether by cursor.', flag),
        must('index', 'Whether by index.', flag),
        given('defaultPaginationMethod', 'What is used when the client does not say.', {
          canonicalValues: ['cursor', 'index'],
        }),
        given('defaultPageSize', 'Resources on a page when the client does not say.', { type: 'integer' }),
        given('maxPageSize', 'The most resources on a page.', { type: 'integer' }),
        given('cursorTimeout', 'The seconds for which a cursor is good.', { type: 'integer' }),
      ),
    ),
    given(
      'securityEvents',
      'Security event tokens.',
      parts(
        given('asyncRequest', 'Whether a client may choose not to wait for the answer.', {
          canonicalValues: ['none', 'long', 'request'],
        }),
        given('eventUris', 'The events there are.', { multiValued: true, ...exact }),
      ),
    ),
    must(
      'authenticationSchemes',
      'How a client says who it is.',
      many(
        must('type', 'The scheme.', {
          canonicalValues: ['oauth', 'oauth2', 'oauthbearertoken', 'httpbasic', 'httpdigest'],
        }),
        must('name', 'What people call the scheme.'),
        must('description', 'The scheme in a sentence.'),
        given('specUri', 'Where the scheme is specified.', reference('external')),
        given('documentationUri', 'Where people find help with the scheme.', reference('external')),
        given('primary', 'Whether it is the preferred scheme.', flag),
      ),
    ),
  ],
}

const resourceTypeSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:ResourceType',
  name: 'ResourceType',
  description: 'A type of resource and where it is served.',
  attributes: [
    given('id', 'The identifier of the type.'),
    must('name', 'The name of the type, which meta.resourceType repeats.'),
    given('description', 'The type in a sentence.'),
    must('endpoint', 'Where its resources are, below the base URL.', reference('uri')),
    must('schema', 'The URN of its schema.', reference('uri')),
    given(
      'schemaExtensions',
      'The extensions that its resources may have.',
      many(
        must('schema', 'The URN of the extension.', reference('uri')),
        must('required', 'Whether each resource must have it.', flag),
      ),
    ),
  ],
}

const characteristics: readonly Attribute[] = [
  must('name', 'The name of the attribute.', exact),
  must('type', 'The type of its values.', {
    canonicalValues: [
      'string',
      'complex',
      'boolean',
      'decimal',
      'integer',
      'dateTime',
      'reference',
      'binary',
    ],
  }),
  must('multiValued', 'Whether it may have several values.', flag),
  given('description', 'The attribute in a sentence.', exact),
  must('required', 'Whether a resource must have it.', flag),
  given('canonicalValues', 'The values that are suggested.', { multiValued: true, ...exact }),
  given('caseExact', 'Whether upper and lower case make a difference.', flag),
  given('mutability', 'Who may write it, and when.', {
    ...exact,
    canonicalValues: ['readOnly', 'readWrite', 'immutable', 'writeOnly'],
  }),
  given('returned', 'When it is part of an answer.', {
    ...exact,
    canonicalValues: ['always', 'never', 'default', 'request'],
  }),
  given('uniqueness', 'Among what a value is unique.', {
    ...exact,
    canonicalValues: ['none', 'server', 'global'],
  }),
  given('referenceTypes', 'What a reference may point at.', { multiValued: true, ...exact }),
]

export const schemaSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Schema',
  name: 'Schema',
  description: 'A schema: attributes and what holds for each.',
  attributes: [
    must('id', 'The URN of the schema.'),
    given('name', 'What people call the schema.'),
    given('description', 'The schema in a sentence.'),
    must(
      'attributes',
      'The attributes of the schema.',
      // Only here is something complex inside something complex (RFC 7643 §7).
      many(
        ...characteristics,
        given('subAttributes', 'The parts of a complex attribute.', many(...characteristics)),
      ),
    ),
  ],
}

export const discoverySchemas: readonly Schema[] = [
  serviceProviderConfigSchema,
  resourceTypeSchema,
  schemaSchema,
]
