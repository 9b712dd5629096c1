/** How services and families are told apart: by an address-safe name in which case and spacing do not matter. */
import { sha256 } from '#app/platform/ids.server.ts'
import { slugify } from '#app/platform/slug.ts'

/** Longest name that is kept. */
export const NAME_LIMIT = 200

const SLUG_LIMIT = 80
const LOST = /[^\p{ASCII}\p{M}]/u

/** A name on one line, without spaces around it. */
export function tidyName(name: string): string {
  return name.trim().replace(/\s+/g, ' ')
}

/**
 * The slug by which a name is found again. What ASCII cannot tell apart (Arabic, Japanese, very long names) gets a few
 * digits of the name's hash, else two services would become one. A slug is its own slug.
 */
export function slugOfName(name: string): string {
  const tidy = tidyName(name)
  const folded = slugify(tidy, 10_000)
  const isWhole =
    folded.length <= SLUG_LIMIT && !LOST.test(foldable(tidy)) && (folded !== 'untitled' || /[a-z]/i.test(tidy))
  if (isWhole) return folded
  const mark = sha256(tidy.normalize('NFKC').toLowerCase()).slice(0, 8)
  return `${slugify(tidy, SLUG_LIMIT - mark.length - 1)}-${mark}`
}

/** The letters and digits of a name, without those that slugify writes in ASCII. */
function foldable(name: string): string {
  return name
    .replace(/[ßæÆøØłŁ]/g, '')
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '')
}
