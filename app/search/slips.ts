/**
 * Slips of the hand: how many lie between two words, and how unlikely it is that one was typed as the other. The second
 * is the channel of Kernighan, Church & Gale ("A spelling correction program based on a noisy channel model", COLING
 * 1990), with the kinds of slips told apart by the letters beside them (Brill & Moore, "An improved error model for
 * noisy channel spelling correction", ACL 2000).
 */

/** What each slip costs: the negative logarithm of how likely it is. One that is missed or swapped costs this alone. */
const SLIP = 4.5
/** Of two letters that are the same one is missed more easily. */
const MISSED_OF_PAIR = -1
/** A wrong letter is one of twenty-six: the logarithm of their number. */
const ADDED = 3.3
const ADDED_TWICE = 1.3
/** Misspellings exchange one vowel for another; fingers exchange neighbours on the keyboard (Grudin, 1983). */
const EXCHANGED = 3.6
const EXCHANGED_VOWEL = 2.2
const EXCHANGED_NEAR = 2.8
/** The first letter is seldom wrong (Yannakoudakis & Fawthrop, 1983). */
const FIRST_LETTER = 2

/** Longer words are cut, and no key has a higher code. */
const WIDEST = 128

const KEYBOARDS = [
  ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
  ['qwertzuiop', 'asdfghjkl', 'yxcvbnm'],
]
/** How far each row stands to the right of the first, in keys. */
const ROW_STARTS = [0, 0.25, 0.75]
const NEIGHBOURS = neighboursOn(KEYBOARDS)
const VOWELS = new Set([...'aeiouy'].map(letter => letter.charCodeAt(0)))

const counts = [new Uint8Array(WIDEST), new Uint8Array(WIDEST), new Uint8Array(WIDEST)]
const costs = [new Float64Array(WIDEST), new Float64Array(WIDEST), new Float64Array(WIDEST)]

/**
 * Letters missed, added, exchanged or swapped with their neighbour: the optimal string alignment distance (Damerau,
 * CACM 7/3, 1964; Levenshtein, 1966), over at most 127 code units. Gives up with a number above `most` as soon as it
 * must be more.
 */
export function slipsBetween(one: string, other: string, most: number): number {
  const width = Math.min(other.length, WIDEST - 1)
  const height = Math.min(one.length, WIDEST - 1)
  let [before, above, current] = counts as [Uint8Array, Uint8Array, Uint8Array]
  for (let column = 0; column <= width; column++) above[column] = column
  for (let row = 1; row <= height; row++) {
    const letter = one.charCodeAt(row - 1)
    let least = row
    current[0] = row
    for (let column = 1; column <= width; column++) {
      const cost = letter === other.charCodeAt(column - 1) ? 0 : 1
      let slips = Math.min(above[column]! + 1, current[column - 1]! + 1, above[column - 1]! + cost)
      if (
        row > 1 &&
        column > 1 &&
        letter === other.charCodeAt(column - 2) &&
        one.charCodeAt(row - 2) === other.charCodeAt(column - 1)
      )
        slips = Math.min(slips, before[column - 2]! + 1)
      current[column] = slips
      if (slips < least) least = slips
    }
    if (least > most) return most + 1
    ;[before, above, current] = [above, current, before]
  }
  return above[width]!
}

/** How unlikely it is that `word` was typed as `typed`: the cost of the likeliest slips between the two. */
export function costOf(word: string, typed: string): number {
  const width = Math.min(typed.length, WIDEST - 1)
  const height = Math.min(word.length, WIDEST - 1)
  let [before, above, current] = costs as [Float64Array, Float64Array, Float64Array]
  for (let row = 0; row <= height; row++) {
    const letter = row > 0 ? word.charCodeAt(row - 1) : 0
    const previous = row > 1 ? word.charCodeAt(row - 2) : 0
    const next = row < height ? word.charCodeAt(row) : 0
    const isPair = letter === previous || letter === next
    const missed = SLIP + (isPair ? MISSED_OF_PAIR : 0) + (row === 1 ? FIRST_LETTER : 0)
    for (let column = 0; column <= width; column++) {
      const key = column > 0 ? typed.charCodeAt(column - 1) : 0
      let cost = row + column === 0 ? 0 : Number.POSITIVE_INFINITY
      if (row > 0) cost = above[column]! + missed
      if (column > 0) {
        const added = SLIP + (key === letter || key === next ? ADDED_TWICE : ADDED) + (row === 0 ? FIRST_LETTER : 0)
        cost = Math.min(cost, current[column - 1]! + added)
      }
      if (row > 0 && column > 0) {
        const exchanged = key === letter ? 0 : SLIP + exchangeOf(letter, key) + (row === 1 ? FIRST_LETTER : 0)
        cost = Math.min(cost, above[column - 1]! + exchanged)
        if (row > 1 && column > 1 && key === previous && letter === typed.charCodeAt(column - 2) && key !== letter)
          cost = Math.min(cost, before[column - 2]! + SLIP + (row === 2 ? FIRST_LETTER : 0))
      }
      current[column] = cost
    }
    ;[before, above, current] = [above, current, before]
  }
  return above[width]!
}

function exchangeOf(letter: number, key: number): number {
  if (VOWELS.has(letter) && VOWELS.has(key)) return EXCHANGED_VOWEL
  return NEIGHBOURS.has(letter * WIDEST + key) ? EXCHANGED_NEAR : EXCHANGED
}

/** Keys that touch on any of these, as pairs of character codes; and keys that change places between them. */
function neighboursOn(keyboards: readonly (readonly string[])[]): Set<number> {
  const found = new Set<number>()
  const add = (one: string, other: string): void => {
    if (one !== other) found.add(one.charCodeAt(0) * WIDEST + other.charCodeAt(0))
  }
  for (const rows of keyboards) {
    const keys = rows.flatMap((row, y) => [...row].map((letter, at) => ({ letter, y, x: at + ROW_STARTS[y]! })))
    for (const one of keys)
      for (const other of keys)
        if (Math.abs(one.y - other.y) <= 1 && Math.abs(one.x - other.x) <= 1) add(one.letter, other.letter)
    rows.forEach((row, y) => {
      for (const [at, letter] of [...row].entries()) for (const other of keyboards) add(letter, other[y]![at]!)
    })
  }
  return found
}
