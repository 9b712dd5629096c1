/** A word that nobody wrote, and the word that was probably meant: by the fewest slips of the hand. */

/** Words in small letters, by how many documents name them. */
export type Lexicon = ReadonlyMap<string, number>

/** Shorter words have too many neighbours. */
const SHORTEST = 4
/** From this length on two slips are forgiven, else one. */
const LONG = 8

/** The words of names and titles that can be meant; numbers and very short words are not among them. */
export function lexiconOf(texts: Iterable<string>): Map<string, number> {
  const lexicon = new Map<string, number>()
  for (const text of texts)
    for (const word of new Set(text.toLowerCase().match(/\p{L}[\p{L}\p{M}]{3,39}/gu) ?? []))
      lexicon.set(word, (lexicon.get(word) ?? 0) + 1)
  return lexicon
}

/** The word with the fewest slips between, of several the most used one; null when none is near or it is there itself. */
export function nearestWord(word: string, lexicon: Lexicon): string | null {
  const wanted = word.toLowerCase()
  if (wanted.length < SHORTEST || lexicon.has(wanted)) return null
  const most = wanted.length >= LONG ? 2 : 1
  let best: { word: string; slips: number; uses: number } | null = null
  for (const [known, uses] of lexicon) {
    if (Math.abs(known.length - wanted.length) > most) continue
    const slips = slipsBetween(wanted, known, most)
    if (slips > most) continue
    if (!best || slips < best.slips || (slips === best.slips && isPreferred(known, uses, best, wanted)))
      best = { word: known, slips, uses }
  }
  return best?.word ?? null
}

/** The first letter is seldom mistyped; then the more used word; then the alphabet, so that both databases agree. */
function isPreferred(known: string, uses: number, best: { word: string; uses: number }, wanted: string): boolean {
  const [here, there] = [known[0] === wanted[0], best.word[0] === wanted[0]]
  if (here !== there) return here
  return uses !== best.uses ? uses > best.uses : known < best.word
}

/**
 * Letters missed, added, exchanged or swapped with their neighbour: the optimal string alignment distance (Damerau,
 * CACM 7/3, 1964; Levenshtein, 1966). Gives up with a number above `most` as soon as it must be more.
 */
export function slipsBetween(one: string, other: string, most: number): number {
  const a = [...one]
  const b = [...other]
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1
      let slips = Math.min(above[column]! + 1, current[column - 1]! + 1, above[column - 1]! + cost)
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        slips = Math.min(slips, before[column - 2]! + 1)
      current.push(slips)
    }
    if (Math.min(...current) > most) return most + 1
    before = above
    above = current
  }
  return above[b.length]!
}

/** The query with some of its words exchanged, everything else as it was typed; null when nothing would change. */
export function exchanged(query: string, words: ReadonlyMap<string, string>): string | null {
  if (words.size === 0) return null
  const corrected = query.replace(/\p{L}[\p{L}\p{M}]*/gu, word => words.get(word.toLowerCase()) ?? word)
  return corrected === query ? null : corrected
}
