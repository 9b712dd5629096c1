/** Who is above whom. Nobody may be above themselves, however long the way round. */

/**
 * Everybody who is their own manager, directly or through others.
 * @param managers person → manager, or null; a manager who is not a key ends the way up.
 */
export function onCycles(managers: ReadonlyMap<string, string | null>): Set<string> {
  const cyclic = new Set<string>()
  const cleared = new Set<string>()
  for (const start of managers.keys()) {
    const way: string[] = []
    const seen = new Set<string>()
    let at: string | null = start
    while (at !== null && !seen.has(at) && !cleared.has(at)) {
      seen.add(at)
      way.push(at)
      at = managers.get(at) ?? null
    }
    if (at !== null && seen.has(at)) for (const person of way.slice(way.indexOf(at))) cyclic.add(person)
    for (const person of way) cleared.add(person)
  }
  return cyclic
}
