// Writing down a page and on to the next: text of any script, rules, and the foot of every page at the end.
import PDFDocument from 'pdfkit'
import { mainFont, type Weight } from './fonts.ts'
import { breakLines, type Doc, type Line, type Styled } from './lines.ts'

const margin = 64
const bottom = 84
const ink = '#1a1c20'
const faint = '#5b616b'

export interface TextStyle {
  readonly size: number
  readonly indent?: number
  /** Before it; none at the top of a page. */
  readonly space?: number
  readonly isFaint?: boolean
  /** So many points that have to fit below it on the same page. */
  readonly keep?: number
}

export class PdfWriter {
  readonly #doc: Doc
  readonly #done: Promise<Uint8Array>
  #y = margin

  constructor(info: { Title: string; CreationDate: Date }) {
    this.#doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      lang: 'en',
      displayTitle: true,
      pdfVersion: '1.7',
      font: mainFont('regular'),
      info: { ...info, Producer: 'Gatehouse', Creator: 'Gatehouse' },
    })
    const chunks: Buffer[] = []
    this.#done = new Promise((resolve, reject) => {
      this.#doc
        .on('data', chunk => chunks.push(chunk))
        .on('end', () => resolve(Buffer.concat(chunks)))
        .on('error', reject)
    })
  }

  get #width(): number {
    return this.#doc.page.width - 2 * margin
  }

  text(text: readonly Styled[], { size, indent = 0, space = 0, isFaint = false, keep = 0 }: TextStyle): void {
    const lineHeight = size * 1.5
    const lines = breakLines(this.#doc, text, { size, width: this.#width - indent })
    if (this.#y > margin) this.#y += space
    for (const [at, line] of lines.entries()) {
      this.#room(lineHeight + (at === 0 ? keep : 0))
      this.#line(line, { x: margin + indent, y: this.#y + size * 1.15, size, color: isFaint ? faint : ink })
      this.#y += lineHeight
    }
  }

  /** A mark in the margin of an indented text that follows. */
  marker(text: string, { size, indent, space = 0 }: { size: number; indent: number; space?: number }): void {
    if (this.#y > margin) this.#y += space
    this.#room(size * 1.5)
    const [line] = breakLines(this.#doc, [{ text, weight: 'regular' }], { size, width: indent })
    if (line) this.#line(line, { x: margin + indent - 18, y: this.#y + size * 1.15, size, color: ink })
  }

  /** A name and what it is, side by side. */
  entry(name: string, value: string): void {
    const size = 9.5
    const indent = 150
    this.#room(size * 1.5)
    const [line] = breakLines(this.#doc, [{ text: name, weight: 'regular' }], { size, width: indent })
    this.#y += 4
    if (line) this.#line(line, { x: margin, y: this.#y + size * 1.15, size, color: faint })
    this.text([{ text: value, weight: 'regular' }], { size, indent })
  }

  rule(space: number): void {
    this.#room(space * 2)
    this.#y += space
    this.#doc
      .moveTo(margin, this.#y)
      .lineTo(margin + this.#width, this.#y)
      .lineWidth(0.6)
      .strokeColor('#c4c8cf')
      .stroke()
    this.#y += space
  }

  /** So much is kept together on a page. */
  keep(height: number): void {
    this.#room(height)
  }

  newPage(): void {
    this.#doc.addPage()
    this.#y = margin
  }

  attach(name: string, content: string, description: string): void {
    this.#doc.file(Buffer.from(content), { name, type: 'text/markdown', description, hidden: false })
  }

  /** Writes `foot` on every page, with its number. */
  async finish(foot: string): Promise<Uint8Array> {
    const { start, count } = this.#doc.bufferedPageRange()
    for (let page = start; page < start + count; page++) {
      this.#doc.switchToPage(page)
      const y = this.#doc.page.height - 40
      this.#foot(foot, { y, align: 'left' })
      this.#foot(`${page - start + 1} / ${count}`, { y, align: 'right' })
    }
    this.#doc.end()
    return this.#done
  }

  #foot(text: string, { y, align }: { y: number; align: 'left' | 'right' }): void {
    const size = 7.5
    const [line] = breakLines(this.#doc, [{ text, weight: 'regular' }], { size, width: this.#width })
    if (!line) return
    const width = line.reduce((sum, word) => sum + word.gap + word.width, 0)
    this.#line(line, { x: align === 'left' ? margin : margin + this.#width - width, y, size, color: faint })
  }

  #room(height: number): void {
    if (this.#y + height > this.#doc.page.height - bottom) this.newPage()
  }

  /** All fonts of a line stand on the same base. */
  #line(line: Line, { x, y, size, color }: { x: number; y: number; size: number; color: string }): void {
    let at = x
    for (const { runs, gap } of line) {
      at += gap
      for (const { text, font } of runs) {
        this.#doc.font(font).fontSize(size).fillColor(color)
        this.#doc.text(text, at, y, { lineBreak: false, baseline: 'alphabetic' })
        at += this.#doc.widthOfString(text)
      }
    }
  }
}

export const plain = (text: string, weight: Weight = 'regular'): Styled[] => [{ text, weight }]
