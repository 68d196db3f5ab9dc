// What is refused on either database: queries of a transaction that takes none any more, and cursors.

export const afterFailure = (cause: unknown) =>
  new Error('the transaction takes no further query: one of its queries failed', { cause })

export const afterEnd = () => new Error('the transaction has ended and takes no further query')

/** The event loop turned while nothing was asked, so whatever the work awaits is not the database. */
export const afterTurn = () =>
  new Error(
    'expected a transaction to await nothing but its own queries, but it was still open when the event loop turned; it is rolled back',
  )

export const afterClosing = () => new Error('the database was closed')

export const noCursor = () =>
  new Error('expected a list to be read page by page, by key: an open cursor would hold back other readers')
