import { describe, expect, it } from 'vitest'
import { contextOf, pairInput } from './cross-encoder.input.ts'

const pieces = (words: string) =>
  words
    .split(' ')
    .filter(Boolean)
    .map((token, i) => ({ id: 1000 + i, token }))

describe('the input of a cross-encoder', () => {
  it('has positions that begin again, and types that tell the parts apart', () => {
    const { ids, positions, types } = pairInput(pieces('how much'), pieces('five euros'), pieces('fees'))
    expect(ids).toEqual([101, 1000, 1001, 102, 101, 1000, 1001, 102, 1000, 102])
    expect(positions).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 4, 5])
    expect(types).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 3, 3])
  })

  it('leaves the context out when there is none', () => {
    expect(pairInput(pieces('how'), pieces('so'), []).types).toEqual([1, 1, 1, 2, 2, 2])
  })

  it('marks every piece of a word that is on the other side too, but no punctuation and no other word with the same piece', () => {
    const { types } = pairInput(pieces('can ##cel my no ?'), pieces('can ##cel ?'), pieces('can ##tor my'))
    expect(types).toEqual([1, 5, 5, 5, 1, 1, 1, 2, 6, 6, 2, 2, 3, 3, 7, 3])
  })

  it('marks nothing for the rest of a word whose beginning was cut off', () => {
    expect(pairInput(pieces('fee'), pieces('so'), pieces('##fee fee')).types).toEqual([1, 5, 1, 2, 2, 2, 3, 7, 3])
  })

  it('names title, innermost heading and the sentence before; a heading that repeats the title says nothing', () => {
    const block = { text: '', title: 'Fees and limits.', headings: ['Cards', 'Abroad'], lead: 'In euros.' }
    expect(contextOf(block)).toBe('Fees and limits. Abroad. In euros.')
    expect(contextOf({ ...block, title: 'Fees', headings: ['fees'], lead: null })).toBe('Fees')
    expect(contextOf({ ...block, title: '', headings: [], lead: null })).toBe('')
  })
})
