/** Which waves may be near each other. Pure. */
import { itemsOf, type Questionnaire } from '../questionnaires/questionnaire.ts'
import { APART_DAYS } from '../wave.ts'

interface Asked {
  questionnaire: Questionnaire
  invited: ReadonlySet<string>
}

/**
 * Whether two waves may be open within APART_DAYS of each other: they share no question, or their invited are the same
 * people or entirely others. Questions are the same by their id within one survey, or by their words in any language.
 */
export function mayMeet(one: Asked, other: Asked): boolean {
  if (!shareQuestion(one.questionnaire, other.questionnaire)) return true
  const common = [...one.invited].filter(person => other.invited.has(person)).length
  return common === 0 || (common === one.invited.size && common === other.invited.size)
}

function shareQuestion(one: Questionnaire, other: Questionnaire): boolean {
  const names = new Set(namesOf(one))
  return namesOf(other).some(name => names.has(name))
}

function namesOf(questionnaire: Questionnaire): string[] {
  return itemsOf(questionnaire).flatMap(item => [
    `${questionnaire.id}/${item.id}`,
    ...Object.values(item.text).map(text => `"${text.trim().toLowerCase()}"`),
  ])
}

/** The days around a wave within which another one would be near it, as ISO 8601. */
export function nearness({ collectingFrom, closesAt }: { collectingFrom: string; closesAt: string }): {
  from: string
  to: string
} {
  const apart = APART_DAYS * 86_400_000
  return {
    from: new Date(Date.parse(collectingFrom) - apart).toISOString(),
    to: new Date(Date.parse(closesAt) + apart).toISOString(),
  }
}
