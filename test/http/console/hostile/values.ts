// Text that wants to be more than text: markup, scripts, addresses that run, templates, and characters that nobody sees.

import type { Document } from './markup.ts'

const markup = '"\'><script>zqAlert(1)</script>'
/** Right-to-left overrides, isolates, a zero-width space and joiner, a byte order mark, escape sequences, a bell. */
const unseen = '\u202e\u2066\u200b\u200c\ufeff\u061c\u0007\u001b[31m\u2028'
const more =
  '</title></textarea></script></style><zq-planted onload=zqAlert(2)><img src=x onerror="zqAlert(3)">' +
  '<svg/onload=zqAlert(4)><a href="javascript:zqAlert(5)">x</a>{{7*7}}#{7*7}<!--]]>&lt;zq-planted&gt;&#60;'

/** Every field that got such a text. */
export const planted = new Set<string>()

/** Begins with a marker by which a page is seen to show it. */
export function hostile(field: string, most = 2000): string {
  planted.add(field)
  return `zq${field}${markup}${unseen}${more}`.slice(0, most)
}

/** As headers can carry it, which have neither controls nor wide characters. */
export const hostileHeader = (field: string): string => `zq${field}${markup}\u00ad\u00a0${more}`

export const longWord = (field: string, length: number): string => `zq${field}`.padEnd(length, 'Wrbl')

export const inXml = (text: string): string =>
  [...text]
    .filter(character => !/[\p{Cc}\p{Cs}]/u.test(character))
    .map(character => (/[<>&"']/.test(character) ? `&#${character.codePointAt(0)};` : character))
    .join('')

/** The fields of which a page shows something, be it in a field of its own. */
export const markersIn = ({ shown, elements }: Document): string[] =>
  [shown, ...elements.flatMap(({ text, attributes }) => [text, ...attributes.values()])].flatMap(text =>
    [...text.matchAll(/zq([A-Z][A-Za-z]*?)(?=["'\\]|%22|Wrbl)/g)].map(([, field = '']) => field),
  )
