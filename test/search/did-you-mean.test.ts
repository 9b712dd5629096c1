import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correctableWords, exchanged, isClear, likeliest } from '#app/search/did-you-mean.ts'
import { Lexicon } from '#app/search/lexicon.ts'
import { costOf, slipsBetween } from '#app/search/slips.ts'
import { measureTypos } from '#scripts/bench/typos.ts'

/** How often each word is used. */
type Uses = ReadonlyMap<string, number>

function usesIn(...texts: string[]): Uses {
  const uses = new Map<string, number>()
  for (const text of texts) for (const word of correctableWords(text)) uses.set(word, (uses.get(word) ?? 0) + 1)
  return uses
}

function nearestWord(typed: string, uses: Uses): string | null {
  const wanted = typed.toLowerCase()
  if (uses.has(wanted)) return null
  const words = new Lexicon()
  for (const word of uses.keys()) words.add(word)
  return likeliest(words.near(wanted), word => uses.get(word) ?? 0)[0]?.word ?? null
}

const lexicon = usesIn('Certificate expired', 'Retries and timeouts', 'certificate renewal', 'Queue', 'DNS cache')

describe('the word that was probably meant', () => {
  it.each([
    ['certifcate', 'certificate'],
    ['certificaet', 'certificate'],
    ['crtificat', 'certificate'],
    ['timeuots', 'timeouts'],
    ['queu', 'queue'],
    ['CACHEE', 'cache'],
  ])('of %s is %s', (typed, meant) => {
    expect(nearestWord(typed, lexicon)).toBe(meant)
  })

  it.each(['certificate', 'dns', 'xyz', 'quux', 'kubernetes'])('of %s is none', typed => {
    expect(nearestWord(typed, lexicon)).toBeNull()
  })

  it.each([
    ['cachee', 'cache', 'caches', 'a letter is typed twice sooner than a wrong one'],
    ['metrc', 'metric', 'metro', 'a letter is missed sooner than exchanged'],
    ['lsat', 'last', 'flat', 'neighbours are swapped sooner than letters missed and added'],
    ['losd', 'load', 'lost', 'fingers miss by one key'],
    ['betch', 'batch', 'belch', 'vowels are taken for one another'],
    ['atch', 'batch', 'itch', 'one slip is likelier than any two'],
    ['cettle', 'cattle', 'kettle', 'the first letter is seldom wrong'],
    ['conect', 'connect', 'convect', 'one of two equal letters is missed more easily'],
  ])('of %s is %s rather than %s, as %s', (typed, meant, other) => {
    expect(nearestWord(typed, usesIn(meant, other))).toBe(meant)
  })

  it('of two as near is the one used more, and of two used as much the first in the alphabet', () => {
    expect(nearestWord('qache', usesIn('bache', 'cache', 'cache'))).toBe('cache')
    expect(nearestWord('qache', usesIn('cache', 'bache'))).toBe('bache')
  })

  it('may have lost two letters where it is long', () => {
    expect(nearestWord('thrttl', usesIn('throttle'))).toBe('throttle')
    expect(nearestWord('thrtlx', usesIn('throttl'))).toBeNull()
  })

  it('is clear where one plain slip explains it and nothing else comes near', () => {
    const clearly = (typed: string, ...texts: string[]): boolean => {
      const uses = usesIn(...texts)
      const words = new Lexicon()
      for (const word of uses.keys()) words.add(word)
      return isClear(likeliest(words.near(typed), word => uses.get(word)!))
    }
    expect(clearly('conection', 'connection')).toBe(true)
    expect(clearly('certifcat', 'certificate')).toBe(true)
    expect(clearly('bache', 'cache')).toBe(false)
    expect(clearly('lokes', 'lakes', 'likes')).toBe(false)
    expect(clearly('zookeeper', 'bookkeeper')).toBe(false)
    expect(clearly('quux', 'certificate')).toBe(false)
  })

  it('comes first for most words that people mistype, and for most that are mistyped at random', () => {
    const { oneSlip, twoSlips, misspelt } = measureTypos(20_000, 250)
    expect(oneSlip).toBeGreaterThanOrEqual(0.91)
    expect(twoSlips).toBeGreaterThanOrEqual(0.78)
    expect(misspelt).toBeGreaterThanOrEqual(0.94)
  })

  it('is found again after any one slip in a long word', () => {
    const word = 'certificate'
    fc.assert(
      fc.property(fc.nat(word.length - 1), fc.constantFrom('miss', 'add', 'exchange', 'swap'), (at, slip) => {
        const letters = [...word]
        if (slip === 'miss') letters.splice(at, 1)
        if (slip === 'add') letters.splice(at, 0, 'q')
        if (slip === 'exchange') letters[at] = 'q'
        if (slip === 'swap') letters.splice(at, 2, letters[at + 1] ?? '', letters[at] ?? '')
        const typed = letters.join('')
        expect(slipsBetween(typed, word, 2)).toBeLessThanOrEqual(1)
        if (typed !== word) expect(nearestWord(typed, lexicon)).toBe(word)
      }),
    )
  })
})

describe('the number of slips', () => {
  it('is the same both ways, none only for the same word, and never more than the longer word has letters', () => {
    const word = fc.string({ maxLength: 12 })
    fc.assert(
      fc.property(word, word, (one, other) => {
        const slips = slipsBetween(one, other, 99)
        expect(slips).toBe(slipsBetween(other, one, 99))
        expect(slips === 0).toBe(one === other)
        expect(slips).toBeLessThanOrEqual(Math.max([...one].length, [...other].length))
      }),
    )
  })
})

describe('what slips cost', () => {
  const word = fc.stringMatching(/^[a-f]{0,9}$/)

  it('is nothing for the same word only, and grows with their number', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        const cost = costOf(one, other)
        const slips = slipsBetween(one, other, 99)
        expect(cost === 0).toBe(one === other)
        expect(cost).toBeGreaterThanOrEqual(slips * 3.5)
        expect(cost).toBeLessThanOrEqual(slips * 10.1)
      }),
    )
  })
})

it('a query keeps everything but its mistyped words', () => {
  const words = new Map([['certifcate', 'certificate']])
  expect(exchanged('"in prod" Certifcate -staging after:2026', words)).toBe('"in prod" certificate -staging after:2026')
  expect(exchanged('all well', words)).toBeNull()
  expect(exchanged('all well', new Map())).toBeNull()
})
