/** A series with its next days: which are left out and why, and the forums that they became. */
import { type Actor, can, demand } from '#app/identity/actor.ts'
import { isStorable } from '#app/identity/fields.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import { listTeams } from '#app/identity/teams.server.ts'
import { dayAt } from '#app/measure/period.ts'
import type { Clock } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import { audienceOf } from './audience.ts'
import { daysLeftOutOf } from './days-left-out.server.ts'
import { forumsOfSeries } from './forum-queries.server.ts'
import { timesOf } from './plan-forums.server.ts'
import { occurrences, type Rule, ruleInWords } from './recurrence.ts'
import { seriesById } from './series-queries.server.ts'

const SHOWN = 8

export interface SeriesView {
  id: string
  title: string
  inWords: string
  rule: Rule
  timeZone: string
  startsAtWall: string
  minutes: number
  place: string
  callUrl: string
  firstOn: string
  rota: { name: string; email: string }[]
  /** Null where everybody is invited. */
  audience: { teams: { id: string; slug: string; name: string }[]; people: { name: string; email: string }[] } | null
  isEnded: boolean
  days: {
    day: string
    startsAt: string
    skipped: string | null
    forum: { id: string; state: string; startsAt: string; facilitator: string | null } | null
  }[]
  mayRun: boolean
}

/** @throws AppError not-found. */
export async function viewSeries(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  id: string,
): Promise<SeriesView> {
  demand(actor, 'take part in forums')
  const row = isStorable(id) ? await seriesById(db, id) : undefined
  if (!row) throw notFound('This series')
  const from = dayAt(clock.now(), row.time_zone)
  const rota = JSON.parse(row.rota) as string[]
  const [leftOut, forums] = await Promise.all([daysLeftOutOf(db, id), forumsOfSeries(db, id, from)])
  const audience = audienceOf(row)
  const [people, teams] = await Promise.all([
    peopleByIds(db, [...rota, ...(audience?.personIds ?? []), ...forums.flatMap(forum => forum.facilitator_id ?? [])]),
    audience ? listTeams(db) : [],
  ])
  const named = (ids: readonly string[]) =>
    ids.flatMap(person => {
      const known = people.get(person)
      return known ? [{ name: known.name, email: known.email }] : []
    })
  const byDay = new Map(forums.map(forum => [forum.occurs_on, forum]))
  const { rule } = timesOf(row)
  const days = row.ended_at === null ? occurrences(timesOf(row), { from, count: SHOWN, leftOut }) : []
  return {
    id: row.id,
    title: row.title,
    inWords: ruleInWords(rule),
    rule,
    timeZone: row.time_zone,
    startsAtWall: row.starts_at_wall,
    minutes: row.minutes,
    place: row.place,
    callUrl: row.call_url,
    firstOn: row.first_on,
    rota: named(rota),
    audience: audience && {
      teams: teams
        .filter(team => audience.teamIds.includes(team.id))
        .map(({ id: team, slug, name }) => ({ id: team, slug, name })),
      people: named(audience.personIds),
    },
    isEnded: row.ended_at !== null,
    days: days.map(({ day, startsAt, skipped }) => {
      const forum = byDay.get(day)
      return {
        day,
        startsAt,
        skipped,
        forum: forum
          ? {
              id: forum.id,
              state: forum.state,
              startsAt: forum.starts_at,
              facilitator: people.get(forum.facilitator_id ?? '')?.name ?? null,
            }
          : null,
      }
    }),
    mayRun: can(actor, 'run forums'),
  }
}
