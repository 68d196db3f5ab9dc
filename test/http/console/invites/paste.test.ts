// What people paste when they are asked for addresses.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPaste } from '../../../../src/http/console/invites/paste.ts'

describe('a pasted list', () => {
  const read = (line: string) => {
    const [first] = readPaste(line)
    return first && [first.address, first.firstName, first.addresses]
  }

  it.each([
    ['ada@x.test', 'ada@x.test', ''],
    ['  ada@x.test,', 'ada@x.test', ''],
    ['<ada@x.test>', 'ada@x.test', ''],
    ['Ada <ada@x.test>', 'ada@x.test', 'Ada'],
    ['Ada Lovelace <ada@x.test>;', 'ada@x.test', 'Ada'],
    ['"Lovelace, Ada" <ada@x.test>', 'ada@x.test', 'Ada'],
    ['Lovelace, Ada M. < ada@x.test >', 'ada@x.test', 'Ada'],
    ["'Ada' <mailto:ada@x.test>", 'ada@x.test', 'Ada'],
    ['Ada,ada@x.test', 'ada@x.test', 'Ada'],
    ['"ada@x.test";"Ada"', 'ada@x.test', 'Ada'],
    ['\tada@x.test\tMary Ann\tLondon', 'ada@x.test', 'Mary Ann'],
    ['\ufeffada@x.test', 'ada@x.test', ''],
  ])('reads %j', (line, address, firstName) => {
    expect(read(line)).toEqual([address, firstName, 1])
  })

  it('leaves to whoever checks addresses what it cannot make out', () => {
    expect(read('nobody')).toEqual(['nobody', '', 0])
    expect(read('a@x.test, b@x.test')).toEqual(['a@x.test, b@x.test', '', 2])
    expect(read('A <a@x.test>, B <b@x.test>')).toEqual(['A <a@x.test>, B <b@x.test>', '', 2])
    expect(read('<a@x.test> and more')).toEqual(['<a@x.test> and more', '', 1])
  })

  it('counts blank lines, of every kind of line end, and leaves them out', () => {
    expect(readPaste('a@x.test\r\n\r\nb@x.test\rc@x.test\n').map(line => line.number)).toEqual([1, 3, 4])
    expect(readPaste(' \n\t\n')).toEqual([])
  })

  it('makes something of whatever is pasted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        for (const line of readPaste(text)) {
          expect(line.text).toBe(line.text.trim())
          expect(line.number).toBeGreaterThan(0)
        }
      }),
    )
  })
})
