// The levels of members as people call them, and how one is chosen.
import { html } from 'hono/html'
import { levels } from '../../domain/level.ts'
import type { Markup } from '../look/page.ts'

/** Also what lies between two levels, which only the database could have. */
export function levelName(level: number): keyof typeof levels {
  if (level >= levels.owner) return 'owner'
  return level >= levels.admin ? 'admin' : 'member'
}

/** Up to one's own: nobody gives more than they have. */
export const levelsUpTo = (own: number): number[] => Object.values(levels).filter(level => level <= own)

export const levelOptions = (all: readonly number[], chosen: number): Markup =>
  html`${all.map(level => html`<option value="${level}"${level === chosen ? html` selected` : ''}>${levelName(level)}</option>`)}`
