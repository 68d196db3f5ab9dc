// The style sheet and the script of the console, under names that change with their content so that browsers keep them.
import { digestOf } from '../../../base/secret.ts'
import { script } from './script.ts'
import { style } from './style.ts'

const named = (ending: string, type: string, text: string) => ({
  path: `/assets/console-${digestOf(text).slice(0, 12)}.${ending}`,
  type: `${type}; charset=utf-8`,
  text,
})

export const assets = {
  style: named('css', 'text/css', style),
  script: named('js', 'text/javascript', script),
}
