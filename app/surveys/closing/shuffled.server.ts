import { randomInt } from 'node:crypto'

/** The same things in a random order (Fisher and Yates), which nobody can foresee or retrace. */
export function shuffled<T>(things: readonly T[]): T[] {
  const mixed = [...things]
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = randomInt(at + 1)
    const here = mixed[at] as T
    mixed[at] = mixed[other] as T
    mixed[other] = here
  }
  return mixed
}
