// Whether the server is on its way out: not ready any more, and asking its clients to reconnect elsewhere.

export interface Lifecycle {
  draining: boolean
}
