// Fonts that together have the letters of most names, and the cutting of text into runs that one font has.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Font, openSync } from 'fontkit'

export type Weight = 'regular' | 'bold'

/** Text in one font, which pdfkit knows by the path of its file. */
export interface Run {
  readonly text: string
  readonly font: string
}

interface Face {
  /** The URL of the package's entrance; throws when the package is not there. */
  readonly locate: () => string
  /** From the entrance to the fonts. */
  readonly folder: string
  readonly files: Readonly<Record<Weight, string>>
}

const notoOf = (name: string, locate: () => string): Face => ({
  locate,
  folder: '../fonts/',
  files: { regular: `${name}-Regular.otf`, bold: `${name}-Bold.otf` },
})

/** In the order in which a letter is looked for: most alphabets, Chinese, what else is Japanese, Korean. */
const faces: readonly Face[] = [
  {
    locate: () => import.meta.resolve('dejavu-fonts-ttf/package.json'),
    folder: './ttf/',
    files: { regular: 'DejaVuSans.ttf', bold: 'DejaVuSans-Bold.ttf' },
  },
  notoOf('NotoSansHans', () => import.meta.resolve('@embedpdf/fonts-sc')),
  notoOf('NotoSansJP', () => import.meta.resolve('@embedpdf/fonts-jp')),
  notoOf('NotoSansKR', () => import.meta.resolve('@embedpdf/fonts-kr')),
]

/** Kept open: parsing one of the large ones takes a while, and most texts need the first alone. */
const opened = new Map<string, Font | null>()

function fontAt(path: string): Font | null {
  let font = opened.get(path)
  if (font === undefined) {
    const found = existsSync(path) ? openSync(path) : null
    font = found && 'hasGlyphForCodePoint' in found ? found : null
    opened.set(path, font)
  }
  return font
}

/** Undefined when the package was left out of the installation, as an optional one may be. */
function pathOf({ locate, folder, files }: Face, weight: Weight): string | undefined {
  try {
    return fileURLToPath(new URL(folder + files[weight], locate()))
  } catch {
    return undefined
  }
}

/** The font of everything that is written by us. */
export function mainFont(weight: Weight): string {
  const [main] = faces
  const path = main && pathOf(main, weight)
  if (path === undefined) throw new Error('expected the package dejavu-fonts-ttf to be installed')
  return path
}

/** The runs of a text. A letter that no font has is written as its code point, so that nothing is lost. */
export function runsOf(text: string, weight: Weight): Run[] {
  const runs: { text: string; font: string }[] = []
  for (const letter of text.normalize('NFC')) {
    const known = fontFor(letter, weight)
    const run = known
      ? { text: letter, font: known }
      : { text: `[U+${hexOf(letter)}]`, font: mainFont(weight) }
    const last = runs.at(-1)
    if (last?.font === run.font) last.text += run.text
    else runs.push(run)
  }
  return runs
}

function fontFor(letter: string, weight: Weight): string | undefined {
  const codePoint = letter.codePointAt(0) ?? 0
  for (const face of faces) {
    const path = pathOf(face, weight)
    if (path !== undefined && fontAt(path)?.hasGlyphForCodePoint(codePoint)) return path
  }
  return undefined
}

const hexOf = (letter: string) => (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
