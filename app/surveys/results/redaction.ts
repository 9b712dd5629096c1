/** Taking names out of comments: nothing else of them may be changed. Pure. */

/** What stands in the place of a name. */
export const REDACTED = '[name]'
/** A name has no more words than this. */
export const MOST_WORDS = 5

/**
 * The comment with these words replaced wherever they stand, whatever their case.
 * @returns null where they do not stand in it as whole words, are more than a name, or are all that it says.
 */
export function redacted(text: string, words: string): string | null {
  const wanted = words.trim().split(/\s+/).filter(Boolean)
  if (wanted.length === 0 || wanted.length > MOST_WORDS) return null
  const name = wanted.map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+')
  const result = text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${name}(?![\\p{L}\\p{N}])`, 'giu'), REDACTED)
  if (result === text) return null
  return result.replaceAll(REDACTED, '').replace(/[^\p{L}\p{N}]/gu, '') === '' ? null : result
}
