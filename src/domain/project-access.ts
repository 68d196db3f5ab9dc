// The access to projects that an invite brings with it.

export interface ProjectAccess {
  /** Of the project. */
  readonly id: number
  readonly level: 'member' | 'admin'
}

/** Each project once; where several give access to it, the higher level holds. */
export function uniteAccess(access: readonly ProjectAccess[]): ProjectAccess[] {
  const byProject = new Map<number, ProjectAccess>()
  for (const each of access)
    if (each.level === 'admin' || !byProject.has(each.id)) byProject.set(each.id, each)
  return [...byProject.values()].sort((a, b) => a.id - b.id)
}
