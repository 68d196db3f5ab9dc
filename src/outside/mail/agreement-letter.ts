// The letter that brings an agreement to whoever is to sign it.
import { writeLetter } from './letter.ts'
import type { Mail } from './message.ts'

interface Request {
  readonly to: string
  /** What the agreement is called. */
  readonly title: string
  readonly company: string
  readonly organization: string
  /** The other side. */
  readonly party: string
  /** Opens the agreement; whoever has it can sign. */
  readonly url: string
}

export const agreementLetter = ({ to, title, company, organization, party, url }: Request): Mail =>
  writeLetter(to, {
    subject: `Please sign: ${title} between ${party} and ${company}`,
    title: `${title} for ${company}`,
    paragraphs: [
      `An administrator of ${organization} named you as the representative of ${company} who signs the ${title} with ${party}.`,
      'Please read it, type your name and title, and agree. It takes a minute, and nothing needs to be installed.',
    ],
    action: { label: 'Read and sign', url },
    closing:
      'The link is yours alone: whoever has it can sign. If you are not the one to sign, ignore this mail or tell whoever named you.',
  })
