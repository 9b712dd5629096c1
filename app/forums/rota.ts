/** Who facilitates next: everybody of the rota in turn, those who are away passed over. */

/** @param last who facilitated last; null when nobody of the rota has. @returns null when nobody can. */
export function nextInRota(
  rota: readonly string[],
  last: string | null,
  isAway: (id: string) => boolean,
): string | null {
  const after = last === null ? 0 : rota.indexOf(last) + 1
  const inTurn = [...rota.slice(after), ...rota.slice(0, after)]
  return inTurn.find(id => !isAway(id)) ?? null
}
