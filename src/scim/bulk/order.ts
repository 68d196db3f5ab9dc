// In which order operations can be worked off that wait for each other.

/**
 * Which come together and when: each group after the groups that it needs, and otherwise in the order of their numbers.
 * A group is one operation, or several that need each other in a circle. `needs` has for each operation the others' numbers.
 */
export function orderByNeed(needs: readonly (readonly number[])[]): number[][] {
  const groups: number[][] = []
  const open: Visit[] = []
  const visits = new Map<number, Visit>()
  // Tarjan: a circle is found where its first operation has nothing left to wait for outside of it.
  const visit = (at: number): Visit => {
    const own: Visit = { at, order: visits.size, lowest: visits.size, isOpen: true }
    visits.set(at, own)
    open.push(own)
    for (const needed of needs[at] ?? []) {
      const other = visits.get(needed) ?? visit(needed)
      if (other.isOpen) own.lowest = Math.min(own.lowest, other.lowest)
    }
    if (own.lowest === own.order) groups.push(close(open, own))
    return own
  }
  for (const at of needs.keys()) if (!visits.has(at)) visit(at)
  return groups
}

interface Visit {
  readonly at: number
  readonly order: number
  /** The earliest open operation that it reaches. */
  lowest: number
  isOpen: boolean
}

function close(open: Visit[], first: Visit): number[] {
  const group = open.splice(open.indexOf(first))
  for (const each of group) each.isOpen = false
  return group.map(({ at }) => at).sort((a, b) => a - b)
}
