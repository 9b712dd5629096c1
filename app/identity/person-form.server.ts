/** A person's form: what it needs to be shown, and what was written into it. */
import type { Clock } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import type { Actor } from './actor.ts'
import { listPeople } from './list-people.server.ts'
import type { PersonInput } from './person.ts'
import { listTeams } from './teams.server.ts'
import { type Choice, timeZoneChoices } from './time-zones.server.ts'

export interface PersonChoices {
  teams: Choice[]
  zones: Choice[]
  /** Addresses to pick a manager from; with more people than this, one writes them. */
  managers: string[]
}

const MOST_SUGGESTIONS = 300

export async function personChoices(
  context: { db: Db; clock: Clock; actor: Actor },
  timeZone: string | null,
): Promise<PersonChoices> {
  const [teams, people] = await Promise.all([
    listTeams(context.db),
    listPeople(context, {}, { limit: MOST_SUGGESTIONS }),
  ])
  return {
    teams: [{ value: '', label: 'None' }, ...teams.map(team => ({ value: team.slug, label: team.name }))],
    zones: timeZoneChoices(timeZone, 'The organisation’s'),
    managers: people.items.flatMap(person => person.details?.email ?? []),
  }
}

/** The form's fields as `savePerson` takes them. A leave of which nothing was written is null. */
export function personInForm(form: FormData): PersonInput {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }
  const leaves: PersonInput['leaves'] = []
  for (let at = 0; form.has(`leaves.${at}.startsOn`) && at < 300; at++) {
    const [startsOn, endsOn] = [text(`leaves.${at}.startsOn`), text(`leaves.${at}.endsOn`)]
    leaves.push(startsOn || endsOn ? { startsOn, endsOn: endsOn || null } : null)
  }
  return {
    name: text('name'),
    email: text('email'),
    team: text('team') || null,
    managerEmail: text('managerEmail') || null,
    isEngineer: form.has('isEngineer'),
    startedOn: text('startedOn') || null,
    leftOn: text('leftOn') || null,
    timeZone: text('timeZone') || null,
    leaves,
  }
}
