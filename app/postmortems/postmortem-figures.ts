/** Whether postmortems of serious incidents came, and in time: pure functions by the definitions of the metrics page. */
import { type Figures, withUnknown } from '#app/measure/figure.ts'
import type { Period } from '#app/measure/period.ts'
import { shareOfEvents } from '#app/measure/share.ts'

export interface SeriousIncident {
  id: string
  severity: 'SEV-1' | 'SEV-2'
  resolvedAt: string
}

/** The first publication about an incident; the moment is null where only the fact is known. */
export type Publications = ReadonlyMap<string, { publishedAt: string | null }>

/** When the first review meeting about an incident was, or will be. */
export type Meetings = ReadonlyMap<string, string>

const HOURS_48 = 48 * 3_600_000

/** @param target the share to reach in time. */
export function postmortemFigures({
  period,
  asOf,
  serious,
  publications,
  meetings,
  target,
}: {
  period: Pick<Period, 'from' | 'to'>
  asOf: string
  serious: readonly SeriousIncident[]
  publications: Publications
  meetings: Meetings
  target: number
}): Figures {
  const due = serious.filter(
    ({ resolvedAt }) =>
      resolvedAt >= period.from && resolvedAt < period.to && Date.parse(resolvedAt) + HOURS_48 <= Date.parse(asOf),
  )
  const published = due.filter(({ id }) => {
    const publication = publications.get(id)
    return publication !== undefined && (publication.publishedAt ?? '') <= asOf
  })
  const onTime = (incidents: readonly SeriousIncident[]) => {
    const undated = incidents.filter(({ id }) => publications.get(id)?.publishedAt === null).length
    const inTime = incidents.filter(({ id, resolvedAt }) => {
      const publishedAt = publications.get(id)?.publishedAt
      return publishedAt && publishedAt <= asOf && Date.parse(publishedAt) <= Date.parse(resolvedAt) + HOURS_48
    })
    return withUnknown({ ...shareOfEvents(inTime.length, incidents.length - undated), target }, undated)
  }
  const reviewed = due.filter(({ id, resolvedAt }) => {
    const held = meetings.get(id)
    return held !== undefined && held <= asOf && Date.parse(held) <= Date.parse(resolvedAt) + HOURS_48
  })
  return {
    'postmortems.onTime': onTime(due),
    'postmortems.onTimeSev1': onTime(due.filter(({ severity }) => severity === 'SEV-1')),
    'postmortems.coverage': { ...shareOfEvents(published.length, due.length) },
    'reviews.within48h': { ...shareOfEvents(reviewed.length, due.length) },
  }
}
