/** Forms of forums and series, read into what the use-cases take. */
import { textOf } from '#app/http/read-form.server.ts'
import { momentOfWall, wallTime } from '#app/platform/wall-time.ts'
import type { ForumView } from './view-forum.server.ts'

const personIn = (form: FormData, name: string) => textOf(form, name).trim() || null
const numberIn = (form: FormData, name: string) => {
  const text = textOf(form, name).trim()
  return text === '' ? Number.NaN : Number(text)
}

/** The beginning is written on the clocks of the forum's zone. */
export function forumIn(form: FormData): Record<string, unknown> {
  const timeZone = textOf(form, 'timeZone')
  return {
    title: textOf(form, 'title'),
    timeZone,
    startsAt: momentIn(timeZone, textOf(form, 'startsAt')),
    minutes: numberIn(form, 'minutes'),
    place: textOf(form, 'place'),
    callUrl: textOf(form, 'callUrl'),
    facilitator: personIn(form, 'facilitator'),
    cofacilitator: personIn(form, 'cofacilitator'),
    noteTaker: personIn(form, 'noteTaker'),
    openingMinutes: numberIn(form, 'openingMinutes'),
    patternsMinutes: numberIn(form, 'patternsMinutes'),
    bufferMinutes: numberIn(form, 'bufferMinutes'),
  }
}

function momentIn(timeZone: string, text: string): string {
  try {
    const moment = momentOfWall(timeZone, text)
    return moment === null ? text : new Date(moment).toISOString()
  } catch {
    // The zone is what is wrong, and is told so beside its own field.
    return '1970-01-01T00:00:00.000Z'
  }
}

/** What the form of a forum begins with. */
export function fieldsOfForum(forum: ForumView): Record<string, string> {
  return {
    title: forum.title,
    timeZone: forum.timeZone,
    startsAt: wallTime(forum.timeZone, Date.parse(forum.startsAt)),
    minutes: String(forum.minutes),
    place: forum.place,
    callUrl: forum.callUrl,
    facilitator: forum.facilitator?.email ?? '',
    cofacilitator: forum.cofacilitator?.email ?? '',
    noteTaker: forum.noteTaker?.email ?? '',
    openingMinutes: String(forum.frame.opening),
    patternsMinutes: String(forum.frame.patterns),
    bufferMinutes: String(forum.frame.buffer),
  }
}

export function seriesIn(form: FormData): Record<string, unknown> {
  const plain = [
    'title',
    'timeZone',
    'place',
    'callUrl',
    'rhythm',
    'nth',
    'weekday',
    'startsAtWall',
    'firstOn',
    'rota',
    'people',
  ]
  return {
    ...Object.fromEntries(plain.map(name => [name, textOf(form, name)])),
    minutes: numberIn(form, 'minutes'),
    teams: form.getAll('teams').filter(one => typeof one === 'string'),
    evenSo: form.has('evenSo'),
  }
}

export function phasesIn(form: FormData): Record<string, unknown> {
  return {
    context: numberIn(form, 'context'),
    discussion: numberIn(form, 'discussion'),
    capture: numberIn(form, 'capture'),
    presenter: personIn(form, 'presenter'),
  }
}
