// The settings as an operator may see them: every name, what it is set to, and of secrets only whether they are there.
import type { Config } from '../config.ts'
import { type Setting, settings } from './settings.ts'

export interface ShownSetting {
  /** The whole variable. */
  readonly name: string
  /** null: a secret, which is never shown. */
  readonly value: string | null
  readonly isSet: boolean
  readonly doc: string
}

export const showConfig = (config: Config): ShownSetting[] =>
  Object.entries<Setting>(settings).map(([key, { name, isSecret, doc }]) => {
    const text = textOf(Reflect.get(config, key))
    return { name: `GATEHOUSE_${name}`, value: isSecret ? null : text, isSet: text !== '', doc }
  })

function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (Array.isArray(value)) return value.map(textOf).join(', ')
  if (typeof value === 'object' && value !== null) return Object.values(value).map(textOf).join(',')
  return String(value ?? '')
}
