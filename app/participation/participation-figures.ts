/** How widely leading is spread, as counts of people: pure functions by the definitions of the metrics page. */
import { effectiveNumber, halfLoad, topThreeShare } from '#app/measure/concentration.ts'
import { type Figures, withUnknown } from '#app/measure/figure.ts'
import { addMonths, type Period, startOfDay } from '#app/measure/period.ts'
import { shareOfPeople } from '#app/measure/share.ts'
import { type CensusPerson, eligibleOn, isStartUnknown } from './eligible.ts'
import type { Credit } from './lead-credits.ts'

/** Who is eligible at the end of a period and has led; everything shown of participation is counted from these. */
export interface Leaders {
  eligible: Set<string>
  /** Engineers who would be eligible but for an unknown start date. */
  unknown: number
  /** When each eligible person who ever led began to, by their id. */
  first: Map<string, string>
  /** Credits of the last 12 months, by the id of each eligible person who has any. */
  loads: Map<string, number>
}

/** @param credits all there are; those of incidents begun after the period are left out. */
export function leadersOf({
  period,
  people,
  credits,
}: {
  period: Period
  people: readonly CensusPerson[]
  credits: readonly Credit[]
}): Leaders {
  const eligible = eligibleOn(people, period.endDay)
  const unknown = people.filter(person => isStartUnknown(person, period.endDay)).length
  const yearBefore = startOfDay(addMonths(period.endDay, -12), period.timeZone)
  const first = new Map<string, string>()
  const loads = new Map<string, number>()
  for (const { personId, began } of credits) {
    if (!eligible.has(personId) || began >= period.to) continue
    if (began < (first.get(personId) ?? '~')) first.set(personId, began)
    if (began >= yearBefore) loads.set(personId, (loads.get(personId) ?? 0) + 1)
  }
  return { eligible, unknown, first, loads }
}

/** How many of them led for the first time in the period. */
export function firstTimeLeads({ first }: Leaders, period: Period): number {
  return [...first.values()].filter(began => began >= period.from).length
}

/** @param target the share of eligible people who should have led. */
export function participationFigures({
  target,
  ...facts
}: {
  period: Period
  people: readonly CensusPerson[]
  credits: readonly Credit[]
  target: number
}): Figures {
  const leaders = leadersOf(facts)
  const { eligible, unknown, first, loads } = leaders
  const load = [...loads.values()]
  return {
    'participation.ledEver': withUnknown({ ...shareOfPeople(first.size, eligible.size), target }, unknown),
    'participation.ledLast12Months': withUnknown({ ...shareOfPeople(loads.size, eligible.size) }, unknown),
    'participation.firstTimeLeads': { value: firstTimeLeads(leaders, facts.period) },
    'participation.halfLoad': { value: halfLoad(load) },
    'participation.effectiveLeaders': { value: effectiveNumber(load) },
    'participation.topThreeShare': { ...topThreeShare(load) },
  }
}
