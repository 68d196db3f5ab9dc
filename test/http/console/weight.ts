// What a page of the console may weigh without the style sheet and the script, which come with it.
import { script } from '../../../src/http/look/script/script.ts'
import { style } from '../../../src/http/look/style/style.ts'

export const mostBytes = 60_000 - Buffer.byteLength(style) - Buffer.byteLength(script)
