// Every dialect this provider speaks.
import type { Dialect } from './dialect.ts'
import { entra } from './entra.ts'
import { okta } from './okta.ts'

export const dialects: readonly Dialect[] = [okta, entra]
