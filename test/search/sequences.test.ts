import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPhrase } from '#app/search/phrases.ts'
import { follows, Sequences, sequenceOf } from '#app/search/sequences.ts'

describe('sequences of words', () => {
  const has = (texts: string[], phrase: string) => follows(sequenceOf(texts), readPhrase(phrase)!.sequence)

  it('tell whether words stand one after the other, in any of their forms', () => {
    const texts = ['The connection pools of orders-db ran dry', 'out of memory']
    expect(has(texts, 'connection pool')).toBe(true)
    expect(has(texts, 'pool of orders')).toBe(true)
    expect(has(texts, 'out of memory')).toBe(true)
    expect(has(texts, 'connection dry')).toBe(false)
    expect(has(texts, 'pool connection')).toBe(false)
    expect(has(texts, 'dry out')).toBe(false)
  })

  it('find what stands anywhere, and nothing else', () => {
    const words = fc.array(fc.constantFrom('pool', 'lock', 'disk', 'node', 'the'), { maxLength: 12 })
    fc.assert(
      fc.property(
        words,
        fc.array(fc.constantFrom('pool', 'lock', 'disk'), { minLength: 1, maxLength: 3 }),
        (all, some) => {
          const expected = ` ${all.join(' ')} `.includes(` ${some.join(' ')} `)
          expect(has([all.join(' ')], some.join(' '))).toBe(expected)
        },
      ),
    )
  })

  it('keep as much as there is room for, the latest asked for', () => {
    const kept = new Sequences(10)
    kept.add(1, ['one two three'])
    kept.add(2, ['one two three'])
    expect(kept.get(1)).toEqual(sequenceOf(['one two three']))
    kept.add(3, ['four five'])
    expect([1, 2, 3].map(number => kept.get(number) !== undefined)).toEqual([true, false, true])
    expect(kept.add(4, ['a text that is longer than all of the room that there is'])).toHaveLength(14)
    expect(kept.get(4)).toBeUndefined()
    kept.add(3, ['six'])
    expect(kept.get(3)).toEqual(sequenceOf(['six']))
  })
})
