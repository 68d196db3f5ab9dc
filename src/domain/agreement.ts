// The agreements that an organization can have: their kinds, and a text made from a template and the names of the parties.
import { escapeMarkdown } from '../base/markdown.ts'

export const documentTitles = {
  BAA: 'Business Associate Agreement',
  DPA: 'Data Processing Agreement',
} as const

export type DocumentType = keyof typeof documentTitles

export interface Parties {
  /** Whoever runs this installation. */
  readonly provider_name: string
  readonly company_name: string
  readonly company_address: string
  readonly representative_email: string
  /** Of the submission: `2026-11-25`. */
  readonly date: string
}

/** Puts the parties in the places of `{{company_name}}` and the like; a place of any other name stays as it is. */
export function fillAgreement(template: string, parties: Parties): string {
  const values = new Map<string, string>(Object.entries(parties))
  return template.replaceAll(/\{\{ *(\w+) *\}\}/g, (place, name: string) => {
    const value = values.get(name)
    return value === undefined ? place : escapeMarkdown(value)
  })
}
