/** Where the caret stands when a text is replaced by one that somebody else has changed too. */

/**
 * In the same line at the same letter: the nearest line that reads the same. Where the line itself has changed, at the
 * same distance from the beginning or the end, whichever of the two is as it was.
 */
export function caretAfter(before: string, caret: number, after: string): number {
  const above = before.slice(0, caret).split('\n')
  const line = before.split('\n')[above.length - 1] ?? ''
  const lines = after.split('\n')
  let nearest = -1
  for (const [at, one] of lines.entries())
    if (one === line && (nearest === -1 || Math.abs(at - above.length + 1) < Math.abs(nearest - above.length + 1)))
      nearest = at
  if (line !== '' && nearest !== -1)
    return lines.slice(0, nearest).reduce((sum, one) => sum + one.length + 1, 0) + (above.at(-1)?.length ?? 0)
  if (after.startsWith(before.slice(0, caret))) return caret
  return Math.max(0, after.length - (before.length - caret))
}
