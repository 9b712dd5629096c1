/** A wave before its results, as a signed-in person may see it. */
import { type Actor, can } from '#app/identity/actor.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import { notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import { findWave, type Wave } from '../get-wave.server.ts'
import { invitedListText } from '../planning/charter.ts'
import { textIn } from '../questionnaires/questionnaire.ts'
import type { Charter, WaveState } from '../wave.ts'
import { invitedRows } from './ballot-queries.server.ts'
import { collectedBy } from './collect-ballot.server.ts'

export interface OpenWaveView {
  wave: {
    id: string
    title: string
    state: Exclude<WaveState, 'published' | 'abandoned'>
    collectingFrom: string
    answeringFrom: string
    closesAt: string
    charter: Charter
  }
  /** Its title. */
  questionnaire: string
  own: 'not-invited' | 'not-collected' | 'collected'
  /** '40+ of 120': rounded down, changed once a day; null while nothing may be said. */
  collected: string | null
  /** The first of them by name, for those who are among them and for administrators; null for a list that is hidden. */
  invited: { id: string; name: string }[] | null
}

/** So many names stand on the page; the file has all of them. */
const NAMES = 300

/** @throws AppError not-found for a wave that was not opened. */
export async function openWaveView({ db, actor }: { db: Db; actor: Actor }, wave: Wave): Promise<OpenWaveView> {
  const { charter, state } = wave
  if (!charter || state === 'published' || state === 'abandoned') throw notFound('This wave')
  const own = await collectedBy(db, wave.id, actor.personId)
  return {
    wave: {
      id: wave.id,
      title: wave.title,
      state,
      collectingFrom: wave.collectingFrom,
      answeringFrom: wave.answeringFrom,
      closesAt: wave.closesAt,
      charter,
    },
    questionnaire: wave.questionnaire ? textIn(wave.questionnaire.title, 'en') : wave.title,
    own,
    collected: wave.collectedShown > 0 ? `${wave.collectedShown}+ of ${charter.invited}` : null,
    invited: mayRead(actor, own) && !charter.hidesInvited ? (await invitedPeople(db, wave.id)).slice(0, NAMES) : null,
  }
}

/**
 * The text whose SHA-256 stands in the charter: the sorted addresses of everybody invited.
 * @throws AppError not-found for those who are neither invited nor administrators, and where the list is hidden.
 */
export async function invitedText({ db, actor }: { db: Db; actor: Actor }, wave: string): Promise<string> {
  if (!mayRead(actor, await collectedBy(db, wave, actor.personId))) throw notFound('This wave')
  if ((await findWave(db, wave))?.plan.listSalt !== undefined) throw notFound('This list')
  return invitedListText((await invitedPeople(db, wave)).map(person => person.email))
}

function mayRead(actor: Actor, own: OpenWaveView['own']): boolean {
  return own !== 'not-invited' || can(actor, 'administer')
}

async function invitedPeople(db: Db, wave: string): Promise<{ id: string; name: string; email: string }[]> {
  const rows = await invitedRows(db, wave)
  const people = await peopleByIds(
    db,
    rows.map(row => row.personId),
  )
  return [...people.values()]
    .map(({ id, name, email }) => ({ id, name, email }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'))
}
