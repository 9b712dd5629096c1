/**
 * Whether a question that only some were asked may be shown. Its number of answers is a number of people who answered
 * the earlier question in a certain way, so it must not tell more of that question than is shown of it. Pure.
 */
import { classOf, type Item } from '../questionnaires/questionnaire.ts'

/** Who answered, as places in the list of responses. */
export type People = ReadonlySet<number>

export interface Earlier {
  item: Item
  answered: People
  /** Options whose counts are shown; null where there is no distribution. */
  shownValues: ReadonlySet<number | string> | null
}

export interface FollowUp {
  values: readonly (number | string)[]
  asked: People
  answered: People
}

/**
 * True when each of these has nobody or at least k people (those of the first two, at least k): who answered; who
 * answered the earlier question but not this one; who was asked and left it out; who is in only one of this and
 * another shown question after the same earlier one; who answered the earlier one and none of those after it. And the
 * values that lead here take no hidden option of a choice, and no class of a scale without distribution, apart.
 */
export function mayShowFollowUp(earlier: Earlier, one: FollowUp, shownBefore: readonly FollowUp[], k: number): boolean {
  const { answered } = one
  const others = without(earlier.answered, answered)
  if (answered.size < k || others.size < k) return false
  const isSafe = (size: number) => size === 0 || size >= k
  if (!isSafe(without(one.asked, answered).size)) return false
  const isApart = shownBefore.every(
    other => isSafe(without(answered, other.answered).size) && isSafe(without(other.answered, answered).size),
  )
  if (!isApart) return false
  const rest = shownBefore.reduce<People>((left, other) => without(left, other.answered), others)
  return isSafe(rest.size) && !splits(earlier, one.values)
}

/** Whether the values divide options that are shown only together. */
function splits({ item, shownValues }: Earlier, values: readonly (number | string)[]): boolean {
  const together: (number | string)[][] = []
  const all = item.options.map(option => option.value)
  if (item.kind === 'scale' && shownValues === null)
    for (const name of ['favourable', 'neutral', 'unfavourable'])
      together.push(all.filter(value => classOf(item, Number(value)) === name))
  if (item.kind !== 'scale' && shownValues !== null) together.push(all.filter(value => !shownValues.has(value)))
  return together.some(set => {
    const chosen = set.filter(value => values.includes(value)).length
    return chosen > 0 && chosen < set.length
  })
}

function without(some: People, others: People): Set<number> {
  return new Set([...some].filter(one => !others.has(one)))
}
