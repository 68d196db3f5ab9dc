// What one request came to, as one plain sentence that an administrator understands.

/** Filled in along the way, so that a refused request can still be told with all that was known of it. */
export interface Story {
  /** `User`, `Group`. */
  resourceType?: string | undefined
  resourceId?: string | undefined
  /** The user name or display name, as it is; the log masks it. */
  subject?: string | undefined
  /** By what a list was searched, as it came; the log masks and shortens it. */
  filter?: string | undefined
  /** What was asked for, as the sentence begins: `create the user`. */
  wish?: string
  /** What only the log is told of a refusal. */
  reason?: string
  /** What happened: `Created the user`. */
  deed?: string
  /** What followed from it, each the end of a sentence: `a new person joined the organization`. */
  effects: string[]
  /** What became of the membership behind it, for the audit log. */
  membership?: { personId: string; before: string | null; after: string | null }
  /** The operations of a bulk, by their positions. */
  steps?: Map<number, Step>
}

/** One operation of a bulk, with why it was refused. */
export interface Step {
  readonly story: Story
  readonly refusal?: string | undefined
}

export const newStory = (): Story => ({ effects: [] })

/**
 * `Created the user ada@acme.test: a new person joined the organization.` or `Looked for userName eq "ada": nobody.`
 * `refusal` says why it was refused.
 */
export function tellOutcome(story: Story, refusal?: string): string {
  const subject = story.subject ? ` ${story.subject}` : ''
  if (refusal !== undefined) {
    const wish = story.wish === undefined ? 'answer' : story.wish + subject
    return sentence(`Refused to ${wish}: ${story.reason ?? refusal}`)
  }
  const effects = story.effects.length === 0 ? '' : `: ${story.effects.join(', ')}`
  const search = story.filter === undefined ? '' : ` ${shortened(story.filter)}`
  return sentence(`${story.deed ?? 'Answered'}${search}${subject}${effects}`) + tellSteps(story.steps)
}

const filterTold = 200

const shortened = (filter: string) =>
  filter.length > filterTold ? `${filter.slice(0, filterTold)}…` : filter

/** So many operations of a bulk are told one by one. */
const stepsTold = 50

function tellSteps(steps: Story['steps']): string {
  if (steps === undefined) return ''
  const inOrder = [...steps].sort(([a], [b]) => a - b)
  const told = inOrder
    .slice(0, stepsTold)
    .map(([at, { story, refusal }]) => ` ${at + 1}: ${tellOutcome(story, refusal)}`)
  const rest = inOrder.length - told.length
  return told.join('') + (rest > 0 ? ` And ${rest} more.` : '')
}

/** The story with everything that the client wrote rewritten: names, filters and, in refusals, texts. */
export function retold(story: Story, by: Rewriting): Story {
  const { subject, filter, steps } = story
  return {
    ...story,
    subject: subject && by.name(subject),
    filter: filter && by.filter(filter),
    ...(steps && { steps: retoldSteps(steps, by) }),
  }
}

function retoldSteps(steps: ReadonlyMap<number, Step>, by: Rewriting): Map<number, Step> {
  const told = new Map<number, Step>()
  for (const [at, { story, refusal }] of steps)
    told.set(at, { story: retold(story, by), refusal: refusal && by.text(refusal) })
  return told
}

interface Rewriting {
  name: Rewrite
  filter: Rewrite
  text: Rewrite
}

type Rewrite = (written: string) => string

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)
