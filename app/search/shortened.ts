/** The beginning of a text for a sentence that quotes it, never half a character. */
export function shortened(text: string, length = 80): string {
  return text.length > length ? `${text.slice(0, length).replace(/[\ud800-\udbff]$/, '')}…` : text
}
