// Breaking text into lines: at spaces, between ideographs, and inside what is wider than a line.
import type PDFDocument from 'pdfkit'
import { type Run, runsOf, type Weight } from './fonts.ts'

export type Doc = InstanceType<typeof PDFDocument>

export interface Styled {
  readonly text: string
  readonly weight: Weight
}

interface Word {
  readonly runs: readonly Run[]
  readonly width: number
  /** Of the space before it; 0 where there is none. */
  readonly gap: number
  readonly isRightToLeft: boolean
}

export type Line = readonly Word[]

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u
/** A space, an ideograph or syllable, or a word of anything else. */
const pieces =
  /\s+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu

export function breakLines(
  doc: Doc,
  text: readonly Styled[],
  { size, width }: { size: number; width: number },
): Line[] {
  const lines: Word[][] = [[]]
  let used = 0
  for (const word of wordsOf(doc, text, { size, width })) {
    if (used > 0 && used + word.gap + word.width > width) {
      lines.push([])
      used = 0
    }
    const isFirst = used === 0
    used += word.width + (isFirst ? 0 : word.gap)
    lines.at(-1)?.push(isFirst ? { ...word, gap: 0 } : word)
  }
  return lines.map(visual)
}

function* wordsOf(
  doc: Doc,
  text: readonly Styled[],
  { size, width }: { size: number; width: number },
): Generator<Word> {
  let gap = 0
  for (const { text: part, weight } of text) {
    for (const [piece] of part.matchAll(pieces)) {
      if (piece.trim() === '') {
        gap = widthOf(doc, runsOf(' ', weight), size)
        continue
      }
      for (const fitting of fittingParts(doc, piece, { size, width, weight })) {
        yield { ...fitting, gap, isRightToLeft: rightToLeft.test(piece) }
        gap = 0
      }
    }
  }
}

/** The word, or the parts of one that is wider than the line. */
function* fittingParts(
  doc: Doc,
  word: string,
  { size, width, weight }: { size: number; width: number; weight: Weight },
): Generator<{ runs: Run[]; width: number }> {
  let rest = [...word]
  while (rest.length > 0) {
    let count = rest.length
    let runs = runsOf(rest.join(''), weight)
    while (count > 1 && widthOf(doc, runs, size) > width) {
      count = Math.ceil(count / 2)
      runs = runsOf(rest.slice(0, count).join(''), weight)
    }
    yield { runs, width: widthOf(doc, runs, size) }
    rest = rest.slice(count)
  }
}

const widthOf = (doc: Doc, runs: readonly Run[], size: number): number =>
  runs.reduce((sum, { text, font }) => sum + doc.font(font).fontSize(size).widthOfString(text), 0)

/** Neighbours that are read from right to left change places; inside a word the font sees to it. */
function visual(line: Line): Line {
  const ordered: Word[] = []
  let turned: Word[] = []
  for (const word of [...line, undefined]) {
    if (word?.isRightToLeft) turned.unshift(word)
    else {
      const gaps = turned.map(each => each.gap).reverse()
      ordered.push(...turned.map((each, at) => ({ ...each, gap: gaps[at] ?? 0 })))
      turned = []
      if (word) ordered.push(word)
    }
  }
  return ordered
}
