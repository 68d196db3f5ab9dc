// What one request came to, as one plain sentence that an administrator understands.

/** Filled in along the way, so that a refused request can still be told with all that was known of it. */
export interface Story {
  /** `User`, `Group`. */
  resourceType?: string | undefined
  resourceId?: string | undefined
  /** The user name or display name, as it is; the log masks it. */
  subject?: string | undefined
  /** What was asked for, as the sentence begins: `create the user`. */
  wish?: string
  /** What only the log is told of a refusal. */
  reason?: string
  /** What happened: `Created the user`. */
  deed?: string
  /** What followed from it, each the end of a sentence: `a new person joined the organization`. */
  effects: string[]
  /** What became of the membership behind it, for the audit log. */
  membership?: { before: string | null; after: string | null }
}

export const newStory = (): Story => ({ effects: [] })

/** `Created the user ada@acme.test: a new person joined the organization.` `refusal` says why it was refused. */
export function tellOutcome(story: Story, refusal?: string): string {
  const subject = story.subject === undefined ? '' : ` ${story.subject}`
  if (refusal !== undefined) {
    const wish = story.wish === undefined ? 'answer' : story.wish + subject
    return sentence(`Refused to ${wish}: ${story.reason ?? refusal}`)
  }
  const effects = story.effects.length === 0 ? '' : `: ${story.effects.join(', ')}`
  return sentence(`${story.deed ?? 'Answered'}${subject}${effects}`)
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)
