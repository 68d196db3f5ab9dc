// User names as they are compared: RFC 7643 §5 by way of RFC 8265 §3.3 (UsernameCaseMapped).

import { fold } from './fold.ts'

/** Halfwidth Hangul letters, which NFKC would take past their wide forms: [first, last, first wide form]. */
const halfwidthHangul: readonly (readonly [number, number, number])[] = [
  [0xffa0, 0xffa0, 0x3164],
  [0xffa1, 0xffbe, 0x3131],
  [0xffc2, 0xffc7, 0x314f],
  [0xffca, 0xffcf, 0x3155],
  [0xffd2, 0xffd7, 0x315b],
  [0xffda, 0xffdc, 0x3161],
]

/**
 * The form in which two user names are compared and unique. Nothing is refused here, though the profile forbids
 * spaces and symbols: directories do use names such as `Barbara Jensen`, and the answer keeps what was sent.
 */
export function prepareUserName(text: string): string {
  return fold(text.replace(/[\u3000\uff01-\uffee]/gu, narrow)).normalize('NFC')
}

function narrow(character: string): string {
  const code = character.charCodeAt(0)
  const range = halfwidthHangul.find(([first, last]) => code >= first && code <= last)
  return range ? String.fromCharCode(code - range[0] + range[2]) : character.normalize('NFKC')
}
