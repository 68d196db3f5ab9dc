// The one style sheet of all pages: calm tables, one accent, dark where the system is. The narrow screens come last.
import { attempts } from './attempts.ts'
import { content } from './content.ts'
import { forms } from './forms.ts'
import { frame } from './frame.ts'
import { guides } from './guides.ts'
import { narrow } from './narrow.ts'
import { operator } from './operator.ts'
import { paper } from './paper.ts'
import { pieces } from './pieces.ts'
import { publicPages } from './public-pages.ts'
import { requests } from './requests.ts'
import { steps } from './steps.ts'
import { tables } from './tables.ts'
import { timeline } from './timeline.ts'
import { tokens } from './tokens.ts'

export const style = [
  frame,
  content,
  tables,
  forms,
  pieces,
  guides,
  steps,
  timeline,
  attempts,
  requests,
  tokens,
  paper,
  publicPages,
  operator,
  narrow,
].join('')
