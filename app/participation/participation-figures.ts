/** How widely leading is spread, as counts of people: pure functions by the definitions of the metrics page. */
import { effectiveNumber, halfLoad, topThreeShare } from '#app/measure/concentration.ts'
import { type Figures, withUnknown } from '#app/measure/figure.ts'
import { addMonths, type Period, startOfDay } from '#app/measure/period.ts'
import { shareOfPeople } from '#app/measure/share.ts'
import { type CensusPerson, eligibleOn, isStartUnknown } from './eligible.ts'
import type { Credit } from './lead-credits.ts'

/** @param target the share of eligible people who should have led. */
export function participationFigures({
  period,
  people,
  credits,
  target,
}: {
  period: Period
  people: readonly CensusPerson[]
  credits: readonly Credit[]
  target: number
}): Figures {
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
  const load = [...loads.values()]
  return {
    'participation.ledEver': withUnknown({ ...shareOfPeople(first.size, eligible.size), target }, unknown),
    'participation.ledLast12Months': withUnknown({ ...shareOfPeople(loads.size, eligible.size) }, unknown),
    'participation.firstTimeLeads': { value: [...first.values()].filter(began => began >= period.from).length },
    'participation.halfLoad': { value: halfLoad(load) },
    'participation.effectiveLeaders': { value: effectiveNumber(load) },
    'participation.topThreeShare': { ...topThreeShare(load) },
  }
}
