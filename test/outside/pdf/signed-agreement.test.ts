import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type SignedAgreement, writeSignedAgreement } from '../../../src/outside/pdf/signed-agreement.ts'

const signed: SignedAgreement = {
  id: '0197c0de-0000-7000-8000-000000000001',
  title: 'Data Processing Agreement',
  agreement: '# Data Processing Agreement\n\nBetween **Gatehouse** and *株式会社髙橋*.\n\n- one\n- two',
  company: '株式会社髙橋',
  address: '東京都渋谷区',
  email: 'юлія@example.test',
  name: 'Юлія Ґалаґан',
  jobTitle: 'CEO',
  submittedAt: '2026-11-25T10:00:00.000Z',
  openedAt: '2026-11-25T11:00:00.000Z',
  signedAt: '2026-11-25T11:05:00.000Z',
  ip: '192.0.2.1',
  userAgent: 'Browser/1.0',
  provider: 'Gatehouse',
}

/** Every stream of the file, unpacked where it is packed. */
function streamsOf(pdf: Uint8Array): string[] {
  const bytes = Buffer.from(pdf)
  const found = [...bytes.toString('latin1').matchAll(/stream\r?\n/g)].filter(
    ({ index }) => bytes.toString('latin1', index - 3, index) !== 'end',
  )
  return found.map(({ index, 0: mark }) => {
    const start = index + mark.length
    const stream = bytes.subarray(start, bytes.indexOf('endstream', start))
    try {
      return inflateSync(stream).toString('utf8')
    } catch {
      return stream.toString('latin1')
    }
  })
}

/** What a reader copies out of it: the code points that the fonts’ maps lead to. */
const lettersOf = (streams: readonly string[]) =>
  new Set(
    streams
      .filter(stream => stream.includes('beginbfrange'))
      .flatMap(stream => [...stream.matchAll(/<([0-9a-f]{4,8})>/gi)])
      .map(([, hex = '']) =>
        String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map(unit => Number.parseInt(unit, 16))),
      ),
  )

describe('writeSignedAgreement', () => {
  it('has the text, the signature and a certificate on a page of its own, with embedded fonts', async () => {
    const pdf = Buffer.from(await writeSignedAgreement(signed)).toString('latin1')
    expect(pdf.slice(0, 8)).toBe('%PDF-1.7')
    expect(pdf.match(/\/Type \/Page\n/g)).toHaveLength(2)
    expect(pdf).toMatch(/\/FontFile2/)
    expect(pdf).toMatch(/\/FontFile3/)
  })

  it('the letters of every name can be read out of it', async () => {
    const letters = lettersOf(streamsOf(await writeSignedAgreement(signed)))
    for (const letter of `${signed.name}${signed.company}${signed.address}`.replaceAll(' ', ''))
      expect(letters).toContain(letter)
  })

  it('carries the text that was signed, byte for byte, so that the digest can be checked', async () => {
    const streams = streamsOf(await writeSignedAgreement(signed))
    expect(streams).toContain(signed.agreement)
    expect(createHash('sha256').update(signed.agreement).digest('hex')).toHaveLength(64)
  })

  it('a long agreement goes on over pages, and a word wider than a line is broken', async () => {
    const agreement = `${'Lorem ipsum dolor sit amet. '.repeat(40)}\n\n`.repeat(12) + 'x'.repeat(3000)
    const pdf = Buffer.from(await writeSignedAgreement({ ...signed, agreement })).toString('latin1')
    expect(pdf.match(/\/Type \/Page\n/g)?.length).toBeGreaterThan(4)
  })
})
