/** Reads what the figures on incidents are made of, for the rooms above. */
import type { Period } from '#app/measure/period.ts'
import type { Db } from '#db/index.server.ts'
import { deploymentSums } from './deployment-queries.server.ts'
import { incidentsBegunOrResolved, resolvedRelatives } from './figure-queries.server.ts'
import type { IncidentFact, IncidentFigureRows, Relative } from './incident-figures.ts'
import { spoiltMoments } from './moments.ts'
import { commanderRows } from './role-queries.server.ts'
import type { Detector, Severity } from './vocabulary.ts'

/**
 * Three queries, however many incidents there are. Restricted ones are among them: a figure that left some out would
 * be wrong, and numbers tell nothing of what happened.
 */
export async function readIncidentRows(
  db: Db,
  period: Period,
  before: Period,
): Promise<Pick<IncidentFigureRows, 'incidents' | 'relatives' | 'deployments'>> {
  const [rows, relatives, deployments] = await Promise.all([
    incidentsBegunOrResolved(db, { from: before.from, to: period.to }, period),
    resolvedRelatives(db, period),
    deploymentSums(db, { from: before.from, middle: period.from, to: period.to }),
  ])
  const incidents = rows.map(
    ({ flags, severity, detectedBy, customerImpact, ...row }): IncidentFact => ({
      ...row,
      severity: severity as Severity | null,
      detectedBy: detectedBy as Detector | null,
      customerImpact: customerImpact === null ? null : customerImpact === 1,
      spoilt: spoiltIn(flags),
    }),
  )
  return { incidents, relatives: relatives as Relative[], deployments }
}

/** One person's turn as the commander of an incident. */
export interface CommanderTurn {
  incidentId: string
  personId: string
  /** When the incident began. */
  began: string
  /** When the turn began; where only the name is known, when somebody could first have led. */
  from: string
  /** When it ended; null while it lasts, and then the incident is open too. */
  until: string | null
  /** Whether it is known that it ended, and not when. */
  isEndUnknown: boolean
  isTakenOver: boolean
}

/** Every turn of a commander, or those of one person, in incidents that began before a moment; one query. */
export async function commanderTurns(db: Db, before: string, personId: string | null = null): Promise<CommanderTurn[]> {
  const rows = await commanderRows(db, before, personId)
  return rows.map(row => {
    const isEndUnknown =
      row.flags !== null || (row.until === null && spoiltIn(row.incidentFlags ?? '[]').includes('resolvedAt'))
    return {
      incidentId: row.incidentId,
      personId: row.personId,
      began: row.began as string,
      from: row.from as string,
      until: isEndUnknown ? null : row.until,
      isEndUnknown,
      isTakenOver: row.takenOver === 1,
    }
  })
}

function spoiltIn(flags: string) {
  return flags === '[]' ? [] : spoiltMoments(JSON.parse(flags) as string[])
}
