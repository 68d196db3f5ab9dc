// The signed agreement as a PDF: its text, the signature, and a page that certifies how it was signed.
import { hash } from 'node:crypto'
import { type Block, parseMarkdown, type Span } from '../../base/markdown.ts'
import type { Styled } from './lines.ts'
import { PdfWriter, plain } from './writer.ts'

export interface SignedAgreement {
  readonly id: string
  /** What it is called, in words. */
  readonly title: string
  /** Markdown, word for word as it was shown and signed. */
  readonly agreement: string
  readonly company: string
  readonly address: string
  readonly email: string
  readonly name: string
  readonly jobTitle: string
  readonly submittedAt: string
  readonly openedAt: string
  readonly signedAt: string
  readonly ip: string
  readonly userAgent: string
  readonly provider: string
}

/** The same bytes do not come out twice, the same pages do. */
export async function writeSignedAgreement(signed: SignedAgreement): Promise<Uint8Array> {
  const pdf = new PdfWriter({
    Title: `${signed.title}: ${signed.company}`,
    CreationDate: new Date(signed.signedAt),
  })
  for (const block of parseMarkdown(signed.agreement)) writeBlock(pdf, block)
  writeSignature(pdf, signed)
  pdf.newPage()
  writeCertificate(pdf, signed)
  pdf.attach('agreement.md', signed.agreement, 'The text that was signed')
  return pdf.finish(`${signed.title} · ${signed.id}`)
}

const headings = {
  1: { size: 19, space: 24 },
  2: { size: 12.5, space: 16 },
  3: { size: 10.5, space: 12 },
} as const
const bodySize = 10

function writeBlock(pdf: PdfWriter, block: Block): void {
  if (block.kind === 'heading') {
    const { size, space } = headings[block.level]
    pdf.text([{ text: textOf(block.spans), weight: 'bold' }], { size, space, keep: 40 })
  }
  if (block.kind === 'paragraph') pdf.text(styled(block.spans), { size: bodySize, space: 8 })
  if (block.kind === 'item') {
    pdf.marker(block.marker, { size: bodySize, indent: 22, space: 5 })
    pdf.text(styled(block.spans), { size: bodySize, indent: 22 })
  }
}

const textOf = (spans: readonly Span[]) => spans.map(({ text }) => text).join('')
const styled = (spans: readonly Span[]): Styled[] =>
  spans.map(({ text, isBold }) => ({ text, weight: isBold ? 'bold' : 'regular' }))

function writeSignature(pdf: PdfWriter, signed: SignedAgreement): void {
  pdf.keep(150)
  pdf.rule(18)
  pdf.text(plain(`Signed for ${signed.company}`, 'bold'), { size: 11 })
  pdf.text(plain(signed.name), { size: 20, space: 14 })
  pdf.text(plain(signed.jobTitle), { size: bodySize, space: 2 })
  pdf.text(plain(`Signed electronically on ${readable(signed.signedAt)}`), {
    size: 9,
    space: 2,
    isFaint: true,
  })
}

function writeCertificate(pdf: PdfWriter, signed: SignedAgreement): void {
  pdf.text(plain('Certificate of signature', 'bold'), { size: 19 })
  pdf.text(
    plain(
      `${signed.name} followed a secret link that was sent to ${signed.email}, was shown the agreement, typed name and title, and agreed. ${signed.provider} recorded:`,
    ),
    { size: bodySize, space: 8 },
  )
  pdf.rule(10)
  const entries: readonly [string, string][] = [
    ['Document', `${signed.title} (${signed.id})`],
    ['Company', signed.company],
    ['Address', signed.address],
    ['Signed by', signed.name],
    ['Title', signed.jobTitle],
    ['E-mail address', signed.email],
    ['Submitted', readable(signed.submittedAt)],
    ['First opened', readable(signed.openedAt)],
    ['Signed', readable(signed.signedAt)],
    ['IP address', signed.ip],
    ['User agent', signed.userAgent],
    ['SHA-256 of the text', hash('sha256', signed.agreement)],
  ]
  for (const [name, value] of entries) pdf.entry(name, value)
  pdf.rule(10)
  pdf.text(
    plain(
      'The text that was signed is attached to this file as agreement.md; the digest is the one of that file.',
    ),
    { size: 9, isFaint: true },
  )
}

/** `2026-11-25 14:00:00.123 UTC` */
const readable = (time: string) => time.replace('T', ' ').replace('Z', ' UTC')
