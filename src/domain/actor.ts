// Who did something: the one shape in which every surface says it to the audit log.

export interface Actor {
  readonly type: 'user' | 'api_key' | 'set_up_link' | 'scim' | 'saml' | 'system' | 'operator'
  readonly id: string | null
  /** What an administrator recognises: an address, a key's label, the domain of a token. */
  readonly label: string
  readonly ip: string | null
  readonly requestId: string | null
}

/** The server itself, at work without being asked. */
export const systemActor: Actor = { type: 'system', id: null, label: 'Gatehouse', ip: null, requestId: null }
/** Whoever runs commands on the machine. */
export const operatorActor: Actor = {
  type: 'operator',
  id: null,
  label: 'operator',
  ip: null,
  requestId: null,
}
