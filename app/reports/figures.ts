/** The figures of a period: what each room says of its own rows, under the ids of the metrics page. */
import { type IncidentFigureRows, incidentFigures, isSerious, seenAt } from '#app/incidents/incident-figures.ts'
import type { Figures } from '#app/measure/figure.ts'
import type { Period } from '#app/measure/period.ts'
import { type ActionFact, actionFigures } from '#app/postmortems/action-figures.ts'
import {
  type Meetings,
  type Publications,
  postmortemFigures,
  type SeriousIncident,
} from '#app/postmortems/postmortem-figures.ts'

export interface FigureRows extends Omit<IncidentFigureRows, 'period' | 'before'> {
  period: Period
  before: Period
  publications: Publications
  meetings: Meetings
  onTimeTarget: number
  actions: readonly ActionFact[]
  participation: Figures
  forums: Figures
}

export function figuresOf(rows: FigureRows): Figures {
  const { period, asOf } = rows
  const serious = rows.incidents
    .filter(
      one => isSerious(one) && one.resolvedAt !== null && one.resolvedAt >= period.from && one.resolvedAt < period.to,
    )
    .map(incident => seenAt(incident, asOf))
    .filter((incident): incident is typeof incident & SeriousIncident => incident.resolvedAt !== null)
  return {
    ...incidentFigures(rows),
    ...postmortemFigures({
      period,
      asOf,
      serious,
      publications: rows.publications,
      meetings: rows.meetings,
      target: rows.onTimeTarget,
    }),
    ...actionFigures({ period, asOf, actions: rows.actions }),
    ...rows.participation,
    ...rows.forums,
  }
}
