/** Names after an @ in a comment: whom they mean, and how they are shown. Code is left alone. */

export interface Named {
  id: string
  name: string
  email: string
}

const CODE = /```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|`[^`\n]*`/g
/** An @ within a word is part of an address. */
const AT = /(?<![\p{L}\p{M}\p{N}._%+/[-])@(?=[\p{L}\p{N}])/gu
const LONGEST_NAME = 200

interface Mention<P extends Named> {
  start: number
  end: number
  person: P
}

/**
 * The people whom a text names: `@Ada Okafor`, or `@ada.okafor` by the front of the address. The longest name counts;
 * one that two people share, and no address tells apart, names nobody.
 */
export function mentionsIn<P extends Named>(text: string, people: readonly P[]): P[] {
  const found = new Map(placesIn(text, people).map(({ person }) => [person.id, person]))
  return [...found.values()]
}

/** The text with every mention of these people as a link to their page. */
export function withMentionLinks(text: string, people: readonly Named[]): string {
  let linked = ''
  let from = 0
  for (const { start, end, person } of placesIn(text, people)) {
    linked += `${text.slice(from, start)}[${text.slice(start, end)}](/people/${encodeURIComponent(person.id)})`
    from = end
  }
  return linked + text.slice(from)
}

function placesIn<P extends Named>(text: string, people: readonly P[]): Mention<P>[] {
  const byHandle = new Map<string, P | null>()
  for (const person of people)
    for (const handle of new Set([person.name, person.email.split('@', 1)[0] ?? ''].map(fold)))
      if (handle) byHandle.set(handle, byHandle.has(handle) ? null : person)
  const longest = Math.min(LONGEST_NAME, Math.max(0, ...[...byHandle.keys()].map(handle => handle.length)))
  const prose = text.replace(CODE, code => ' '.repeat(code.length))
  const places: Mention<P>[] = []
  for (const { index } of prose.matchAll(AT)) {
    const rest = prose.slice(index + 1, index + 1 + longest + 1)
    const end = endsOfNames(rest).find(length => byHandle.has(fold(rest.slice(0, length))))
    const person = end === undefined ? undefined : byHandle.get(fold(rest.slice(0, end)))
    if (person && end) places.push({ start: index, end: index + 1 + end, person })
  }
  return places
}

/** Where a name may end: before a sign that is no letter, longest first. */
function endsOfNames(rest: string): number[] {
  const ends = [...rest.matchAll(/[\p{L}\p{M}\p{N}](?![\p{L}\p{M}\p{N}])/gu)].map(
    match => match.index + match[0].length,
  )
  return ends.reverse()
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[^\S\n]+/g, ' ')
}
