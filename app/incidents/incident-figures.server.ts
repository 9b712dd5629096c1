/** Reads what the figures on incidents are made of, for the rooms above. */
import type { Period } from '#app/measure/period.ts'
import { pause } from '#app/platform/slices.ts'
import type { Db } from '#db/index.server.ts'
import { deploymentCounts, deploymentSums } from './deployment-queries.server.ts'
import {
  familiesBegunIn,
  incidentsBegunOrResolved,
  resolvedRelatives,
  sourcesOfIncidents,
} from './figure-queries.server.ts'
import {
  type IncidentFact,
  type IncidentFigureRows,
  type Relative,
  type TrafficDay,
  trafficIn,
} from './incident-figures.ts'
import { spoiltMoments } from './moments.ts'
import { commanderRows } from './role-queries.server.ts'
import { trafficByDay } from './traffic-queries.server.ts'
import type { Detector, Severity } from './vocabulary.ts'

/**
 * Four queries, however many incidents there are. Restricted ones are among them: a figure that left some out would
 * be wrong, and numbers tell nothing of what happened.
 */
export async function readIncidentRows(
  db: Db,
  period: Period,
  before: Period,
): Promise<Pick<IncidentFigureRows, 'incidents' | 'relatives' | 'deployments' | 'traffic'>> {
  const [rows, relatives, deployments, traffic] = await Promise.all([
    incidentsBegunOrResolved(db, { from: before.from, to: period.to }, period),
    resolvedRelatives(db, period),
    deploymentSums(db, { from: before.from, middle: period.from, to: period.to }),
    trafficSums(db, before, period),
  ])
  return { incidents: rows.map(factOf), relatives: relatives as Relative[], deployments, traffic }
}

async function trafficSums(db: Db, before: Period, period: Period): Promise<IncidentFigureRows['traffic']> {
  const days = await trafficByDay(db, { from: before.firstDay, to: period.endDay })
  return trafficIn(days, period, before)
}

export interface IncidentHistory {
  /** Those that began or were resolved in it. */
  incidents: IncidentFact[]
  /** Resolved members of the families of those that began in it. */
  relatives: Relative[]
  /** In each of the stretches asked about. */
  deployments: number[]
  trafficDays: TrafficDay[]
  /** Through which source an incident came, by its id; not in it where people recorded or imported it. */
  sources: ReadonlyMap<string, string>
  families: { id: string; slug: string; name: string }[]
}

/** A longer time at once, from which the figures of each of its months can be worked out. Six queries, however long. */
export async function readIncidentHistory(
  db: Db,
  history: Period,
  stretches: readonly Pick<Period, 'from' | 'to'>[],
): Promise<IncidentHistory> {
  const rows = await incidentsBegunOrResolved(db, history, history)
  await pause()
  const relatives = await resolvedRelatives(db, history)
  const deployments = await deploymentCounts(db, stretches)
  const trafficDays = await trafficByDay(db, { from: history.firstDay, to: history.endDay })
  await pause()
  const sources = await sourcesOfIncidents(db, history)
  const families = await familiesBegunIn(db, history)
  await pause()
  return {
    incidents: rows.map(factOf),
    relatives: relatives as Relative[],
    deployments,
    trafficDays,
    sources: new Map(sources.map(({ incidentId, source }) => [incidentId, source])),
    families,
  }
}

function factOf({
  flags,
  severity,
  detectedBy,
  customerImpact,
  ...row
}: Awaited<ReturnType<typeof incidentsBegunOrResolved>>[number]): IncidentFact {
  return {
    ...row,
    severity: severity as Severity | null,
    detectedBy: detectedBy as Detector | null,
    customerImpact: customerImpact === null ? null : customerImpact === 1,
    spoilt: spoiltIn(flags),
  }
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
