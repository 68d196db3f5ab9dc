// The tables of the installation as a whole, in the same forms as the others (tables.ts).

/** At most one row: the link that makes the first organization. */
interface FirstRunTable {
  id: 'only'
  /** Of the secret in the link. */
  digest: string
  expires_at: string
}

/** What was done to the installation; what operators do within an organization stands in that one's audit log. */
export interface OperatorLogTable {
  id: string
  created_at: string
  /** The person; null for whoever ran a command on the machine. */
  actor_id: string | null
  actor_label: string
  /** `operator.granted`, `mail.tested`, … */
  action: string
  target: string
  /** What came of it, where that is not plain. */
  outcome: string | null
  ip: string | null
  request_id: string | null
}

export interface OperatorTables {
  first_run: FirstRunTable
  operator_log: OperatorLogTable
}
