/** The page on participation: counts of people over a quarter and by month, who would like to lead. */
import { type Actor, demand } from '#app/identity/actor.ts'
import { census, type PersonReference, peopleByIds } from '#app/identity/people.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { listTeams } from '#app/identity/teams.server.ts'
import { commanderTurns } from '#app/incidents/incident-figures.server.ts'
import {
  addDays,
  addMonths,
  type Day,
  dayAt,
  monthsOf,
  type Period,
  periodAround,
  periodBefore,
  periodBetween,
  periodNamed,
} from '#app/measure/period.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import { leadCredits } from './lead-credits.ts'
import { type MonthFigures, monthFigures } from './month-figures.ts'
import { frozenMonths, type TurnRow, turnsOf, volunteerRows } from './participation-queries.server.ts'
import { actsOn, OPEN_STATES, type TurnAct } from './shadow-turn.ts'

export interface Month {
  /** 2026-07 */
  key: string
  /** Null while the month is worked out afresh each time. */
  frozenAt: string | null
  figures: MonthFigures
}

export interface ShadowTurn {
  id: string
  state: string
  /** The other of the two. */
  withWhom: string
  side: 'volunteer' | 'lead'
  since: string
  acts: TurnAct[]
}

export interface Volunteer {
  personId: string
  name: string
  team: string | null
  note: string
  since: string
  isMe: boolean
}

export interface ParticipationOverview {
  quarter: string
  /** The last day that counts: the quarter's, or today. */
  until: Day
  isRunning: boolean
  earlier: string
  /** Null when the next quarter has not begun. */
  later: string | null
  target: number
  figures: MonthFigures
  teamNames: Record<string, string>
  /** Oldest first, the last complete month at the end. */
  months: Month[]
  volunteers: Volunteer[]
  turns: ShadowTurn[]
}

const MONTHS = 12
const MOST_VOLUNTEERS = 100
const MOST_TURNS = 50

/**
 * A fixed number of queries, however many people, incidents and months there are.
 * @param quarter 2026-Q3, or null for the one that runs.
 * @throws AppError not-found for what is no quarter, or one that has not begun.
 */
export async function participationOverview(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { quarter }: { quarter: string | null },
): Promise<ParticipationOverview> {
  demand(actor, 'read')
  const { timeZone, participationTarget } = await readSettings(db)
  const now = isoNow(clock)
  const today = dayAt(now, timeZone)
  const whole = quarterOf(quarter, today, timeZone)
  const isRunning = whole.endDay > today
  const period = isRunning ? periodBetween(whole.firstDay, addDays(today, 1), timeZone) : whole
  const months = lastMonths(today, timeZone)

  const [people, turns, kept, teams, waiting, open] = await Promise.all([
    census(db),
    commanderTurns(db, now),
    frozenMonths(db, months[0]?.key ?? ''),
    listTeams(db),
    volunteerRows(db, MOST_VOLUNTEERS),
    turnsOf(db, actor.personId, OPEN_STATES, MOST_TURNS),
  ])
  const credits = leadCredits(turns, now)
  const named = await peopleByIds(db, [
    ...waiting.map(one => one.personId),
    ...open.flatMap(turn => [turn.volunteerId, turn.leadId]),
  ])
  const here = new Set(people.filter(person => !person.leftOn || person.leftOn > today).map(person => person.id))
  const teamNames = Object.fromEntries(teams.map(team => [team.id, team.name]))
  const next = periodAround('quarter', whole.endDay, timeZone)
  return {
    quarter: whole.key,
    until: isRunning ? today : addDays(whole.endDay, -1),
    isRunning,
    earlier: periodBefore(whole).key,
    later: next.firstDay > today ? null : next.key,
    target: participationTarget / 100,
    figures: monthFigures({ period, people, credits }),
    teamNames,
    months: withKept(months, kept, period => monthFigures({ period, people, credits })),
    volunteers: waiting.filter(one => here.has(one.personId)).map(one => volunteerOf(one, named, teamNames, actor)),
    turns: open.map(turn => shadowTurn(turn, actor, named)),
  }
}

function quarterOf(key: string | null, today: Day, timeZone: string): Period {
  if (key === null) return periodAround('quarter', today, timeZone)
  const period = /^\d{4}-Q[1-4]$/.test(key) ? periodNamed(key, timeZone) : null
  if (!period || period.firstDay > today) throw notFound('This quarter')
  return period
}

function lastMonths(today: Day, timeZone: string): Period[] {
  const end = `${today.slice(0, 8)}01`
  return monthsOf(periodBetween(addMonths(end, -MONTHS), end, timeZone))
}

function withKept(
  months: readonly Period[],
  kept: readonly { month: string; frozenAt: string; figures: string }[],
  workOut: (period: Period) => MonthFigures,
): Month[] {
  const frozen = new Map(kept.map(one => [one.month, one]))
  return months.map(period => {
    const one = frozen.get(period.key)
    const figures = one ? (JSON.parse(one.figures) as MonthFigures) : workOut(period)
    return { key: period.key, frozenAt: one?.frozenAt ?? null, figures }
  })
}

function volunteerOf(
  row: { personId: string; note: string; since: string },
  named: ReadonlyMap<string, PersonReference>,
  teamNames: Readonly<Record<string, string>>,
  actor: Actor,
): Volunteer {
  const person = named.get(row.personId)
  return {
    ...row,
    name: person?.name ?? '',
    team: teamNames[person?.teamId ?? ''] ?? null,
    isMe: row.personId === actor.personId,
  }
}

function shadowTurn(turn: TurnRow, actor: Actor, named: ReadonlyMap<string, PersonReference>): ShadowTurn {
  const side = turn.volunteerId === actor.personId ? 'volunteer' : 'lead'
  const other = side === 'volunteer' ? turn.leadId : turn.volunteerId
  return {
    id: turn.id,
    state: turn.state,
    withWhom: named.get(other)?.name ?? 'someone who has left',
    side,
    since: turn.createdAt,
    acts: actsOn(turn.state, side),
  }
}
