// What was decided of a name once and holds whenever it comes again. Names are strangers', so that few are remembered.

const namesAtMost = 1_000
/** With its URN, the name of an attribute is shorter. */
const longestName = 200

/** `decide`, asked once for each of the names that keep coming. */
export function remembered<Decision extends object | string | boolean>(
  decide: (name: string) => Decision,
): (name: string) => Decision {
  const known = new Map<string, Decision>()
  return name => {
    const before = known.get(name)
    if (before !== undefined) return before
    const decision = decide(name)
    if (name.length > longestName) return decision
    if (known.size >= namesAtMost) known.clear()
    known.set(name, decision)
    return decision
  }
}

/** `decide`, asked once where the same text comes twice in a row. */
export function rememberingLast<Decision>(decide: (text: string) => Decision): (text: string) => Decision {
  let last: { readonly text: string; readonly decision: Decision } | undefined
  return text => {
    if (last?.text !== text) last = { text, decision: decide(text) }
    return last.decision
  }
}
