// The version of this installation, as its package says it.

import manifest from '../../package.json' with { type: 'json' }

export const version: string = manifest.version
