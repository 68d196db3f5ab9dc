// The text of an agreement: a template in Markdown with the names of the two parties put in.
import { escapeMarkdown } from '../base/markdown.ts'

export const documentTypes = ['BAA', 'DPA'] as const
export type DocumentType = (typeof documentTypes)[number]

export interface Parties {
  /** Whoever runs this installation. */
  readonly provider_name: string
  readonly company_name: string
  readonly company_address: string
  readonly representative_email: string
  /** Of the submission, `2026-11-25`. */
  readonly date: string
}

/** `{{company_name}}` and the like; a name that there is no value for stays as it is. */
export function fillAgreement(template: string, parties: Parties): string {
  const values = new Map<string, string>(Object.entries(parties))
  return template.replaceAll(/\{\{ *(\w+) *\}\}/g, (placeholder, name: string) => {
    const value = values.get(name)
    return value === undefined ? placeholder : escapeMarkdown(value)
  })
}
