/** Series of forums as the API gives and takes them. */
import { type Actor, demand } from '#app/identity/actor.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { AppError } from '#app/platform/errors.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { timesOf } from './plan-forums.server.ts'
import { ruleInWords } from './recurrence.ts'
import { endSeries, saveSeries } from './save-series.server.ts'
import type { NewSeries, SeriesChange, SeriesResource, SeriesSummary } from './series-api.ts'
import { pageOfSeries } from './series-queries.server.ts'
import { type SeriesView, viewSeries } from './view-series.server.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

/** One page; two queries. */
export async function seriesSummaries(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  page: { offset: number; limit: number },
): Promise<{ items: SeriesSummary[]; total: number }> {
  demand(actor, 'take part in forums')
  const { rows, total } = await pageOfSeries(db, page)
  const items = rows.map(row => {
    const { rule, firstOn, timeZone, startsAtWall } = timesOf(row)
    const { id, title, minutes, ended_at } = row
    const isEnded = ended_at !== null
    return { id, title, rule, inWords: ruleInWords(rule), timeZone, startsAtWall, minutes, firstOn, isEnded }
  })
  return { items, total }
}

/** @throws AppError not-found. */
export async function seriesResourceOf(context: Context, id: string): Promise<SeriesResource> {
  const { mayRun: _, days, audience, ...series } = await viewSeries(context, id)
  return {
    ...series,
    audience: audience && { teams: audience.teams.map(team => team.slug), people: audience.people },
    days: days.map(({ forum, ...day }) => ({ ...day, forum: forum?.id ?? null })),
  }
}

/** @throws AppError as saveSeries does, with the paths of the body. */
export async function createSeriesOf(context: Context, body: NewSeries): Promise<SeriesResource> {
  demand(context.actor, 'run forums')
  const timeZone = body.timeZone ?? (await readSettings(context.db)).timeZone
  return seriesResourceOf(context, await save(context, null, { ...body, timeZone }))
}

/** @throws AppError as saveSeries and endSeries do. */
export async function changeSeriesOf(
  context: Context,
  { id, change: { isEnded, ...change } }: { id: string; change: SeriesChange },
): Promise<SeriesResource> {
  demand(context.actor, 'run forums')
  return inTransaction(context.db, async tx => {
    const within = { ...context, db: tx }
    const known = await viewSeries(within, id)
    // A rule that stays has been agreed to.
    await save(within, id, { ...bodyOf(known), evenSo: change.rule === undefined, ...change })
    if (isEnded) await endSeries(within, { id })
    return seriesResourceOf(within, id)
  })
}

type Whole = NewSeries & { timeZone: string }

function bodyOf({ title, rule, timeZone, startsAtWall, minutes, place, callUrl, firstOn, ...series }: SeriesView) {
  const addresses = (people: readonly { email: string }[]) => people.map(person => person.email)
  return {
    ...{ title, rule, timeZone, startsAtWall, minutes, place, callUrl, firstOn },
    rota: addresses(series.rota),
    audience: series.audience && {
      teams: series.audience.teams.map(team => team.slug),
      people: addresses(series.audience.people),
    },
  }
}

/** Where the form's fields are in the body. */
const PATHS: Record<string, string> = {
  rhythm: 'rule.every',
  weekday: 'rule.weekday',
  nth: 'rule.nth',
  teams: 'audience.teams',
  people: 'audience.people',
}

async function save(context: Context, id: string | null, body: Whole): Promise<string> {
  const { rule, rota, audience, ...fields } = body
  if (rule.unit === 'month' && rule.nth === null)
    throw new AppError('invalid', 'Say which of that weekday in the month.', [
      { path: 'rule.nth', message: 'Say which of that weekday in the month.' },
    ])
  const given = {
    ...fields,
    rhythm: `${rule.unit}-${rule.every}`,
    nth: String(rule.nth ?? 1),
    weekday: String(rule.weekday),
    rota: rota.join('\n'),
    teams: audience?.teams ?? [],
    people: audience?.people.join('\n') ?? '',
  }
  try {
    return await saveSeries(context, { id, given })
  } catch (error) {
    if (!(error instanceof AppError) || error.refusal !== 'invalid') throw error
    const errors = error.errors.map(one => ({ ...one, path: PATHS[one.path] ?? one.path }))
    throw new AppError('invalid', error.message, errors)
  }
}
