/** An address-safe name: letters folded to ASCII, words joined by hyphens, at most `max` characters, never empty. */
export function slugify(text: string, max = 80): string {
  const folded = text
    .replace(/ß/g, 'ss')
    .replace(/[æÆ]/g, 'ae')
    .replace(/[øØ]/g, 'o')
    .replace(/[łŁ]/g, 'l')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
  const cut = folded.length > max ? folded.slice(0, max).replace(/-[a-z0-9]*$/, '') || folded.slice(0, max) : folded
  return cut.replace(/-+$/, '') || 'untitled'
}

/** The first of `slug`, `slug-2`, `slug-3`, … that is not taken. */
export function firstFree(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug
  for (let n = 2; ; n++) if (!taken.has(`${slug}-${n}`)) return `${slug}-${n}`
}
