/** Which themes a text speaks of, and why. Suggestions only: a person decides. */
import type { Theme } from './theme.ts'

export interface Suggestion {
  themeId: string
  /** Completes 'suggested because it …': 'mentions “out of memory” twice'. */
  reason: string
}

type Suggestible = Pick<Theme, 'id' | 'slug' | 'name' | 'synonyms'>

/**
 * Themes whose name or synonyms occur in the text as whole words, the most telling first. A longer phrase is taken
 * before a shorter one inside it: 'data corruption' does not also count as 'data'.
 * A name of one word, such as Capacity, says little when it occurs in passing: it counts only if the text keeps coming
 * back to it.
 */
export function suggestThemes(themes: readonly Suggestible[], text: string): Suggestion[] {
  const { start, themeAt, phrases } = matcherFor(themes)
  const counts = new Map<number, number>()
  const words = text.toLowerCase().match(WORD_OR_STOP) ?? []
  for (let at = 0; at < words.length; ) {
    let node = start.get(words[at] as string)
    let found = -1
    let next = at + 1
    for (let ahead = next; node; ahead++) {
      if (node.phrase >= 0) {
        found = node.phrase
        next = ahead
      }
      node = ahead < words.length ? node.follow?.get(words[ahead] as string) : undefined
    }
    if (found >= 0) counts.set(found, (counts.get(found) ?? 0) + 1)
    at = next
  }
  const mentions = new Map<number, { phrase: Phrase; count: number }[]>()
  for (const [index, count] of counts) {
    const phrase = phrases[index] as Phrase
    if (phrase.isBareName && count < Math.max(2, words.length / WORDS_PER_BARE_NAME)) continue
    const list = mentions.get(phrase.theme)
    if (list) list.push({ phrase, count })
    else mentions.set(phrase.theme, [{ phrase, count }])
  }
  return [...mentions]
    .map(([theme, list]) => {
      list.sort((one, other) => weight(other) - weight(one))
      return {
        themeId: themeAt[theme]!.id,
        reason: inWords(list),
        weight: list.reduce((sum, one) => sum + weight(one), 0),
      }
    })
    .sort((one, other) => other.weight - one.weight)
    .map(({ themeId, reason }) => ({ themeId, reason }))
}

/** Themes that given tags name exactly, by slug, name or synonym, whatever the case and punctuation. */
export function suggestFromTags(themes: readonly Suggestible[], tags: readonly string[]): Suggestion[] {
  const { byKey } = matcherFor(themes)
  const found = new Map<string, Suggestion>()
  for (const tag of tags) {
    const themeId = byKey.get(keyOf(tag))
    if (themeId !== undefined && !found.has(themeId)) found.set(themeId, { themeId, reason: `tagged “${tag.trim()}”` })
  }
  return [...found.values()]
}

/** A one-word name must come back about this often. */
const WORDS_PER_BARE_NAME = 250

const WORD = /[\p{L}\p{N}]+/gu
/** A phrase does not reach over the end of a clause or a paragraph: 'it was slow; recovery began' is no slow recovery. */
const WORD_OR_STOP = /[\p{L}\p{N}]+|[.,;:!?]\s|\n\n/gu

interface Phrase {
  /** As it is written in the list. */
  text: string
  /** Position of its theme. */
  theme: number
  words: number
  /** The name of a theme, one word long, and not also listed as a synonym. */
  isBareName: boolean
}

interface Node {
  /** Position of the phrase that ends here, or -1. */
  phrase: number
  follow: Map<string, Node> | null
}

interface Matcher {
  start: Map<string, Node>
  phrases: Phrase[]
  themeAt: readonly Suggestible[]
  byKey: Map<string, string>
}

const matchers = new WeakMap<readonly Suggestible[], Matcher>()

/** A tree of words, made once for a list of themes. */
function matcherFor(themes: readonly Suggestible[]): Matcher {
  const known = matchers.get(themes)
  if (known) return known
  const matcher: Matcher = { start: new Map(), phrases: [], themeAt: themes, byKey: new Map() }
  // Synonyms first: a name that is also listed as a synonym counts from the first mention on.
  themes.forEach((theme, index) => {
    for (const synonym of theme.synonyms) addPhrase(matcher, synonym, index, false)
  })
  themes.forEach((theme, index) => {
    addPhrase(matcher, theme.name, index, true)
  })
  for (const words of [
    (theme: Suggestible) => [theme.slug],
    (theme: Suggestible) => [theme.name],
    (theme: Suggestible) => theme.synonyms,
  ])
    for (const theme of themes)
      for (const word of words(theme)) {
        const key = keyOf(word)
        if (key && !matcher.byKey.has(key)) matcher.byKey.set(key, theme.id)
      }
  matchers.set(themes, matcher)
  return matcher
}

function addPhrase(matcher: Matcher, text: string, theme: number, isName: boolean): void {
  const words = text.toLowerCase().match(WORD)
  if (!words) return
  let level = matcher.start
  let node: Node | undefined
  for (const word of words) {
    if (node) level = node.follow ??= new Map()
    node = level.get(word)
    if (!node) {
      node = { phrase: -1, follow: null }
      level.set(word, node)
    }
  }
  if (!node || node.phrase >= 0) return
  node.phrase = matcher.phrases.length
  matcher.phrases.push({ text, theme, words: words.length, isBareName: isName && words.length === 1 })
}

/** A phrase of several words is better evidence than one word; the tenth mention adds little to the ninth. */
function weight({ phrase, count }: { phrase: Phrase; count: number }): number {
  return phrase.words * (phrase.isBareName ? 0.3 : 1) * Math.log2(1 + count)
}

const MOST_NAMED = 3

function inWords(list: { phrase: Phrase; count: number }[]): string {
  const named = list.slice(0, MOST_NAMED).map(({ phrase, count }) => `“${phrase.text}”${times(count)}`)
  const more = list.length - named.length
  if (more > 0) named.push(`${more} more`)
  const last = named.pop() as string
  return `mentions ${named.length ? `${named.join(', ')} and ${last}` : last}`
}

function times(count: number): string {
  if (count === 1) return ''
  return count === 2 ? ' twice' : ` ${count} times`
}

function keyOf(word: string): string {
  return (word.normalize('NFC').toLowerCase().match(WORD) ?? []).join(' ')
}
