import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correctableWords, exchanged, likeliest, slipsBetween } from '#app/search/did-you-mean.ts'
import { Lexicon } from '#app/search/lexicon.ts'

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
  return likeliest(wanted, words.near(wanted), word => uses.get(word) ?? 0)[0] ?? null
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

  it('of two as near is the one that begins alike, then the one used more', () => {
    const words = usesIn('bache', 'bache', 'cache', 'caches', 'caches')
    expect(nearestWord('cachee', words)).toBe('caches')
    expect(nearestWord('xache', usesIn('bache', 'cache', 'cache'))).toBe('cache')
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

it('a query keeps everything but its mistyped words', () => {
  const words = new Map([['certifcate', 'certificate']])
  expect(exchanged('"in prod" Certifcate -staging after:2026', words)).toBe('"in prod" certificate -staging after:2026')
  expect(exchanged('all well', words)).toBeNull()
  expect(exchanged('all well', new Map())).toBeNull()
})
