/**
 * How often the right word comes first for a mistyped one, over 100,000 words: those of our own prose, their
 * inflections, then words made letter by letter after their model. A word is used the less the further down this list
 * it stands (Zipf), and is mistyped as often as it is used; slips are of four kinds in equal shares, at any letter and
 * with any wrong letter, which is harder than what hands do. One slip in words of five letters or more, two in words of
 * eight or more. Then the same for words as people have mistyped them.
 */
import { likeliest } from '#app/search/did-you-mean.ts'
import { Lexicon } from '#app/search/lexicon.ts'
import { proseByFrequency, randomNumbers } from './corpus.ts'
import { quantile } from './measure.ts'
import { MISSPELT } from './misspelt.ts'

const ENDINGS = ['s', 'ed', 'ing', 'er', 'ly']
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

export interface TypoFigures {
  words: number
  /** Shares of mistyped words of which the right one comes first, by slips. */
  oneSlip: number
  twoSlips: number
  misspelt: number
  /** Processor time of one correction, hardly moved by what else the machine does. */
  p95Ms: number
}

export function measureTypos(size: number, trials: number): TypoFigures {
  const random = randomNumbers(11)
  const words = wordsFor(size, random)
  const lexicon = new Lexicon()
  for (const word of words) lexicon.add(word)
  const known = new Set(words)
  const rank = new Map(words.map((word, place) => [word, place]))
  const usesOf = (word: string): number => 1e6 / (2.7 + rank.get(word)!)
  const times: number[] = []
  const isRight = (typed: string, word: string): boolean => {
    const start = process.cpuUsage()
    const found = likeliest(lexicon.near(typed), usesOf)[0]?.word
    const { user, system } = process.cpuUsage(start)
    times.push((user + system) / 1_000)
    return found === word
  }
  const shareRight = (slips: 1 | 2, shortest: number): number => {
    let right = 0
    for (let done = 0; done < trials; ) {
      // Drawing by 1/rank: the logarithm of the rank is even.
      const word = words[Math.floor(words.length ** random()) - 1]!
      if (word.length < shortest) continue
      let typed = slipIn(word, random)
      if (slips === 2) typed = slipIn(typed, random)
      if (typed === word || known.has(typed)) continue
      done++
      if (isRight(typed, word)) right++
    }
    return right / trials
  }
  shareRight(1, 5)
  times.length = 0
  const oneSlip = shareRight(1, 5)
  const twoSlips = shareRight(2, 8)
  const p95Ms = quantile(times, 0.95)
  const misspelt = MISSPELT.filter(([typed, word]) => isRight(typed, word)).length / MISSPELT.length
  return { words: words.length, oneSlip, twoSlips, misspelt, p95Ms }
}

/** Our own words by frequency, those that people mistype, inflections, then words made letter by letter as these are. */
function wordsFor(size: number, random: () => number): string[] {
  const prose = proseByFrequency().filter(word => /^[a-z]{4,24}$/.test(word))
  const words = new Set([...prose, ...MISSPELT.map(([, meant]) => meant)])
  for (const ending of ENDINGS) for (const word of prose) if (words.size < size) words.add(word + ending)
  const makeWord = likeThese(prose, random)
  while (words.size < size) {
    const word = makeWord()
    if (word.length >= 4 && word.length <= 24) words.add(word)
  }
  return [...words]
}

/** Makes words in which three letters are followed by a fourth as often as in these. */
function likeThese(words: readonly string[], random: () => number): () => string {
  const followers = new Map<string, string>()
  for (const word of words) {
    const edged = `^^^${word}$`
    for (let at = 3; at < edged.length; at++) {
      const before = edged.slice(at - 3, at)
      followers.set(before, (followers.get(before) ?? '') + edged[at])
    }
  }
  return () => {
    let made = '^^^'
    while (!made.endsWith('$') && made.length < 30) {
      const letters = followers.get(made.slice(-3))!
      made += letters[Math.floor(random() * letters.length)]
    }
    return made.slice(3).replace('$', '')
  }
}

/** One letter missed, added, exchanged, or swapped with its neighbour. */
function slipIn(word: string, random: () => number): string {
  const at = Math.floor(random() * word.length)
  const letter = LETTERS[Math.floor(random() * LETTERS.length)]!
  const kind = Math.floor(random() * 4)
  if (kind === 0) return word.slice(0, at) + word.slice(at + 1)
  if (kind === 1) return word.slice(0, at) + letter + word.slice(at)
  if (kind === 2) return word.slice(0, at) + letter + word.slice(at + 1)
  const next = Math.min(at, word.length - 2)
  return word.slice(0, next) + word[next + 1] + word[next] + word.slice(next + 2)
}
