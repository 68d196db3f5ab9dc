// Which transaction the running code is inside, so that no query of it can slip past on another handle.

import { AsyncLocalStorage } from 'node:async_hooks'

/** One call of `transact`, from the connection it takes to the end of its work. */
export class TransactionScope {
  #state: 'opening' | 'open' | 'ended' = 'opening'
  /** Whether nobody is to wait for it but other transactions (`transact`). */
  readonly isAside: boolean
  readonly #abandoned = Promise.withResolvers<never>()

  constructor(isAside: boolean) {
    this.isAside = isAside
  }

  /** Runs the work; it ends at once when the database abandons the transaction under it. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    this.#state = 'open'
    try {
      return await Promise.race([work(), this.#abandoned.promise])
    } finally {
      this.#state = 'ended'
    }
  }

  abandon(reason: Error): void {
    this.#abandoned.reject(reason)
  }

  get isOpen(): boolean {
    return this.#state === 'open'
  }
}

const scopes = new AsyncLocalStorage<TransactionScope>()

/** Runs one transaction in a scope of its own; refuses when one is already running. */
export async function enterScope<T>(
  isAside: boolean,
  enter: (scope: TransactionScope) => Promise<T>,
): Promise<T> {
  refuseInsideTransaction()
  const scope = new TransactionScope(isAside)
  return scopes.run(scope, enter, scope)
}

/** The scope whose transaction is about to take a connection, if any; refuses when one is already running. */
export function scopeTakingConnection(): TransactionScope | undefined {
  refuseInsideTransaction()
  return scopes.getStore()
}

function refuseInsideTransaction(): void {
  if (scopes.getStore()?.isOpen) {
    throw new Error(
      'expected every query inside a transaction to go through its own handle, but one came through another; use the `tx` that the work was given',
    )
  }
}
