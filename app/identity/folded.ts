/** Text as it is compared by people who leave out accents and capitals: `Élodie Kamińska` → `elodie kaminska`. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
}
