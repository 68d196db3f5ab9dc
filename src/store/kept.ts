// Selects that every request asks again, as whose token it is: on SQLite an answer is kept until anybody commits anything.

const marked = new Set<string>()

/** Marks a select by its text. Transactions and PostgreSQL ask every time. */
export const keepAnswersTo = (sql: string): void => void marked.add(sql)

export const isKept = (sql: string): boolean => marked.has(sql)
