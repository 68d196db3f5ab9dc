// What this service provider can do, said once: discovery publishes it and the readers of requests keep to it.

export const capabilities = {
  patch: { supported: true },
  /** The payload in bytes. */
  bulk: { supported: true, maxOperations: 1_000, maxPayloadSize: 5 * 1024 * 1024 },
  filter: { supported: true, maxResults: 200 },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: true },
  /** RFC 9865 §4. */
  pagination: {
    cursor: true,
    index: true,
    defaultPaginationMethod: 'index',
    defaultPageSize: 100,
    maxPageSize: 200,
    /** Seconds. */
    cursorTimeout: 3600,
  },
  /** RFC 9967 §4. */
  securityEvents: {
    asyncRequest: 'request',
    eventUris: [
      'urn:ietf:params:scim:event:prov:create:notice',
      'urn:ietf:params:scim:event:prov:put:notice',
      'urn:ietf:params:scim:event:prov:patch:notice',
      'urn:ietf:params:scim:event:prov:delete',
      'urn:ietf:params:scim:event:prov:activate',
      'urn:ietf:params:scim:event:prov:deactivate',
      'urn:ietf:params:scim:event:misc:asyncresp',
    ],
  },
} as const
