/** Writes down a series and keeps the forums that follow from it in step. */
import { type Actor, demand } from '#app/identity/actor.ts'
import { check, invalid, normaliseEmail } from '#app/identity/fields.ts'
import { peopleByEmails } from '#app/identity/people.server.ts'
import { listTeams } from '#app/identity/teams.server.ts'
import { addDays, dayAt } from '#app/measure/period.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, type FieldError, notFound } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, inTransaction, lockFor, type Tx } from '#db/index.server.ts'
import { audienceText } from './audience.ts'
import { ROOM_LOCK } from './change-forum.server.ts'
import { daysLeftOutOf } from './days-left-out.server.ts'
import { forumsOfSeries } from './forum-queries.server.ts'
import { fitGuests } from './guests.server.ts'
import { fitSeries } from './plan-forums.server.ts'
import { type Rule, troubleWith, whyLeftOut } from './recurrence.ts'
import { RHYTHM, seriesSchema } from './series-form.ts'
import { insertSeries, putException, removeException, seriesById, updateSeries } from './series-queries.server.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

/**
 * @param id null for a new one.
 * @returns its id. Forums to come that nobody moved follow the series; those that no longer fit are called off.
 * @throws AppError invalid naming the fields; a rule that seldom comes up names `nth` until `evenSo` confirms it.
 */
export function saveSeries(context: Context, { id, given }: { id: string | null; given: unknown }): Promise<string> {
  const { clock, actor } = context
  demand(actor, 'run forums')
  const input = check(seriesSchema, given)
  return inTransaction(context.db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const known = id === null ? null : await seriesById(tx, id)
    if (id !== null && (!known || known.ended_at !== null)) throw notFound('This series')
    const [, unit, every] = RHYTHM.exec(input.rhythm)!
    const rule: Rule = {
      unit: unit as Rule['unit'],
      every: Number(every),
      weekday: Number(input.weekday),
      nth: unit === 'week' ? null : Number(input.nth),
    }
    const errors: FieldError[] = []
    const trouble = input.evenSo ? null : troubleWith(rule, input.firstOn)
    if (trouble) errors.push({ path: 'nth', message: trouble })
    const rota = await readPeople(tx, 'rota', input.rota, errors)
    const personIds = await readPeople(tx, 'people', input.people, errors)
    const teamIds = await readTeams(tx, input.teams, errors)
    if (errors.length > 0) throw invalid(errors)
    const row = {
      title: input.title,
      rule: JSON.stringify(rule),
      time_zone: input.timeZone,
      starts_at_wall: input.startsAtWall,
      minutes: input.minutes,
      place: input.place,
      call_url: input.callUrl,
      rota: JSON.stringify(rota),
      first_on: input.firstOn,
      audience: audienceText({ teamIds, personIds }),
      updated_at: isoNow(clock),
    }
    const seriesId = id ?? newId()
    if (id) await updateSeries(tx, id, row)
    else await insertSeries(tx, { ...row, id: seriesId, created_at: isoNow(clock), ended_at: null })
    await fitSeries(tx, { clock }, seriesId)
    await fitGuests(tx, { clock }, await forumsOfSeries(tx, seriesId, addDays(dayAt(clock.now(), input.timeZone), -1)))
    return seriesId
  })
}

async function readPeople(tx: Tx, path: string, text: string, errors: FieldError[]): Promise<string[]> {
  const emails = [
    ...new Set(
      text
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map(normaliseEmail),
    ),
  ]
  const people = await peopleByEmails(tx, emails)
  const unknown = emails.filter(email => !people.has(email))
  if (unknown.length > 0) errors.push({ path, message: `Nobody here has the address ${unknown.join(', ')}.` })
  return emails.flatMap(email => people.get(email)?.id ?? [])
}

async function readTeams(tx: Tx, names: readonly string[], errors: FieldError[]): Promise<string[]> {
  const teams = names.length > 0 ? await listTeams(tx) : []
  const found = names.map(name => teams.find(team => team.id === name || team.slug === name)?.id)
  if (found.includes(undefined)) errors.push({ path: 'teams', message: 'Choose teams from the list.' })
  return [...new Set(found.flatMap(id => id ?? []))]
}

/** Leaves one day out, for a reason that everybody sees. @throws AppError invalid without one, conflict for a day past. */
export function skipDay(
  context: Context,
  { id, day, reason }: { id: string; day: string; reason: string },
): Promise<void> {
  return onSeries(context, id, async tx => {
    const why = reason.trim().replace(/\s+/g, ' ').slice(0, 300)
    if (why === '') throw invalid([{ path: 'reason', message: 'Write why, such as the holiday that it falls on.' }])
    await demandToCome(tx, context.clock, id, day)
    await putException(tx, { series_id: id, occurs_on: day, reason: why, is_held: 0 })
  })
}

/** Takes a left-out day back in, also one that the organisation has off. @throws AppError not-found. */
export function restoreDay(context: Context, { id, day }: { id: string; day: string }): Promise<void> {
  return onSeries(context, id, async tx => {
    const leftOut = await daysLeftOutOf(tx, id)
    if (whyLeftOut(leftOut, day) === null) throw notFound('This day')
    if (leftOut.daysOff.has(day)) await putException(tx, { series_id: id, occurs_on: day, reason: '', is_held: 1 })
    else await removeException(tx, id, day)
  })
}

/** No more forums of this series; those to come are called off. */
export function endSeries(context: Context, { id }: { id: string }): Promise<void> {
  return onSeries(context, id, tx => updateSeries(tx, id, { ended_at: isoNow(context.clock) }))
}

function onSeries({ db, clock, actor }: Context, id: string, work: (tx: Tx) => Promise<void>): Promise<void> {
  demand(actor, 'run forums')
  return inTransaction(db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const series = await seriesById(tx, id)
    if (!series || series.ended_at !== null) throw notFound('This series')
    await work(tx)
    await fitSeries(tx, { clock }, id)
  })
}

async function demandToCome(tx: Tx, clock: Clock, id: string, day: string): Promise<void> {
  const series = (await seriesById(tx, id))!
  if (day < dayAt(clock.now(), series.time_zone)) throw new AppError('conflict', 'This day is past.')
}
