// What this service provider can do, said once: discovery publishes it and the readers of requests keep to it.

export const capabilities = {
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
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
} as const
