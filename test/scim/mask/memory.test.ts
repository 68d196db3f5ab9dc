import { describe, expect, it } from 'vitest'
import { remembered, rememberingLast } from '../../../src/scim/mask/memory.ts'

describe('what was decided of a name', () => {
  const counting = () => {
    const asked: string[] = []
    const decide = remembered(name => {
      asked.push(name)
      return name === 'yes'
    })
    return { asked, decide }
  }

  it('is decided once', () => {
    const { asked, decide } = counting()
    expect(['yes', 'no', 'yes', 'no'].map(decide)).toEqual([true, false, true, false])
    expect(asked).toEqual(['yes', 'no'])
  })

  it('is not remembered of a name that is longer than any', () => {
    const { asked, decide } = counting()
    for (let time = 0; time < 2; time++) decide('x'.repeat(201))
    expect(asked).toHaveLength(2)
  })

  it('is forgotten, and decided again, when there are too many', () => {
    const { asked, decide } = counting()
    for (let index = 0; index <= 1_000; index++) decide(`name${index}`)
    expect(decide('yes')).toBe(true)
    decide('name0')
    expect(asked.filter(name => name === 'name0')).toHaveLength(2)
  })
})

describe('what was made of a text', () => {
  it('is made once where the text comes twice in a row, the empty one too', () => {
    const asked: string[] = []
    const make = rememberingLast(text => {
      asked.push(text)
      return `${text}!`
    })
    expect(['', '', 'a', 'a', ''].map(make)).toEqual(['!', '!', 'a!', 'a!', '!'])
    expect(asked).toEqual(['', 'a', ''])
  })
})
