// The levels of members as people call them, and how one is chosen.
import { html } from 'hono/html'
import { invalid } from '../../base/refusal.ts'
import { isLevel, type Level, levels } from '../../domain/level.ts'
import { numberIn } from '../form.ts'
import type { Markup } from '../look/page.ts'

/** Also what lies between two levels, which only the database could have. */
export function levelName(level: number): keyof typeof levels {
  if (level >= levels.owner) return 'owner'
  return level >= levels.admin ? 'admin' : 'member'
}

/** Up to one's own: nobody gives more than they have. */
export const levelsUpTo = (own: number): number[] => Object.values(levels).filter(level => level <= own)

/** Of what the form for a level changes. */
export const levelLabels = { level: 'Level' } as const

/** What a form chose. */
export function levelIn(form: URLSearchParams): Level {
  const level = numberIn(form, 'level')
  if (isLevel(level)) return level
  throw invalid('invalid_choice', `Expected a level of 1, 8 or 15, got ${level}.`, 'level')
}

export const levelOptions = (all: readonly number[], chosen: number): Markup =>
  html`${all.map(level => html`<option value="${level}"${level === chosen ? html` selected` : ''}>${levelName(level)}</option>`)}`
