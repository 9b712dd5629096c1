/** Queries as people type them, made from the words of the made-up postmortems: the same for the same seed. */
import { type MadeUp, plainRowOf, randomNumbers } from './corpus.ts'

export interface TypedQuery {
  kind: 'frequent' | 'rare' | 'mixed' | 'phrase' | 'operator'
  /** For Candor. */
  q: string
  /** The same words for plain FTS5, which takes no operators. */
  words: string[]
}

/** Of twenty queries as many are of each kind. */
const MIX: [TypedQuery['kind'], number][] = [
  ['frequent', 5],
  ['mixed', 5],
  ['rare', 3],
  ['phrase', 3],
  ['operator', 4],
]

/** Too common to be looked for: nobody types them, and neither index gains by them. */
const STOP =
  /^(?:a|about|after|all|also|and|any|are|at|be|been|before|but|by|can|could|did|do|each|for|from|had|has|have|how|if|in|into|is|it|its|no|not|of|on|once|one|only|or|other|our|out|over|same|she|he|so|some|than|that|the|their|them|then|there|they|this|those|to|two|under|until|up|was|we|were|what|when|where|which|while|who|why|will|with|would|you)$/

export function typedQueries(corpus: readonly MadeUp[], count: number, seed = 7): TypedQuery[] {
  const random = randomNumbers(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const { frequent, rare } = wordsByReach(corpus)
  const several = (most: number, make: () => string): string[] => [
    ...new Set(Array.from({ length: 1 + Math.floor(random() * most) }, make)),
  ]
  const make: Record<TypedQuery['kind'], () => Omit<TypedQuery, 'kind'>> = {
    frequent: () => plain(several(4, () => pick(frequent))),
    rare: () => plain(several(4, () => pick(rare))),
    mixed: () => plain([pick(rare), ...several(3, () => pick(frequent))]),
    phrase: () => {
      for (;;) {
        const words = pick(corpus).summary.toLowerCase().split(' ')
        const from = Math.floor(random() * words.length)
        const phrase = words.slice(from, from + 2 + Math.floor(random() * 2))
        // Common words stand inside a phrase, such as "out of memory", not at its ends.
        const ends = [phrase[0]!, phrase.at(-1)!]
        if (
          phrase.length > 1 &&
          ends.every(word => /^\w/.test(word) && !STOP.test(word)) &&
          !phrase.some(word => word.endsWith('.'))
        )
          return { q: `"${phrase.join(' ')}"`, words: phrase }
      }
    },
    operator: () => {
      const document = pick(corpus)
      const words = several(2, () => pick(frequent))
      const operator = pick([
        `theme:${document.themes[0]}`,
        `service:${document.services[0]}`,
        `severity:${document.severity}`,
        `after:${document.startedAt.slice(0, 4)}`,
        `before:${document.startedAt.slice(0, 7)}`,
        'has:detection',
        `-${pick(frequent)}`,
      ])
      return { q: `${words.join(' ')} ${operator}`, words }
    },
  }
  const kinds = MIX.flatMap(([kind, share]) => Array<TypedQuery['kind']>(share).fill(kind))
  return Array.from({ length: count }, (_, number) => {
    const kind = kinds[number % kinds.length]!
    return { kind, ...make[kind]() }
  })
}

function plain(words: string[]): Omit<TypedQuery, 'kind'> {
  return { q: words.join(' '), words }
}

/** Words that one to three tenths of all documents have, and words that a few have. */
function wordsByReach(corpus: readonly MadeUp[]): { frequent: string[]; rare: string[] } {
  const reach = new Map<string, number>()
  for (const one of corpus) {
    const words =
      Object.values(plainRowOf(one))
        .join(' ')
        .match(/[\w/][\w./-]*\w/g) ?? []
    for (const word of new Set(words.map(word => word.toLowerCase())))
      if (!STOP.test(word)) reach.set(word, (reach.get(word) ?? 0) + 1)
  }
  const between = (least: number, most: number): string[] =>
    [...reach].filter(([, count]) => count >= least && count <= most).map(([word]) => word)
  return { frequent: between(corpus.length * 0.1, corpus.length * 0.3), rare: between(2, 10) }
}
