/** Commands that move the clock, the agenda or the facilitation. */
import { demand } from '#app/identity/actor.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import { AppError, invalidField } from '#app/platform/errors.ts'
import { forgetWriters } from './capture-queries.server.ts'
import { closeForum } from './close-forum.server.ts'
import {
  applyToClock,
  type ClockCommand,
  currentPhase,
  currentStep,
  type LiveClock,
  remainingAt,
  startClock,
} from './live-clock.ts'
import type { LiveCommand } from './live-commands.ts'
import { insertLive, type LiveRow, liveItems, setForumState } from './live-queries.server.ts'
import { clockColumns, moreTime, readClock, readTimeVotes } from './live-row.ts'
import type { Deed, Scene } from './run-command.server.ts'

/** Whoever facilitates may be gone for so long before somebody else may take over. */
export const ABSENCE_MS = 60_000
/** What the room may vote itself, and how near the end of a phase. */
const VOTED_MINUTES = 2
const NEAR_END_MS = 60_000

/** @returns null for a command of another kind. @throws AppError not-found, conflict or invalid. */
export async function steerCommand(scene: Scene, command: LiveCommand): Promise<Deed | null> {
  switch (command.type) {
    case 'start':
      return start(scene, command)
    case 'ask-for-time':
      return askForTime(scene)
    case 'accept-facilitation':
      return accept(scene)
    case 'claim-facilitation':
      return claim(scene)
    case 'offer-facilitation':
      demandHelm(scene, command)
      return offer(scene, command.to)
    case 'withdraw-offer':
      return withdraw(demandHelm(scene, command))
    case 'finish':
      return finish(demandHelm(scene, command), scene)
    case 'pause':
    case 'resume':
    case 'add-minutes':
    case 'next-phase':
    case 'previous-phase':
    case 'next-item':
    case 'set-auto-advance':
    case 'time-is-up':
    case 'skip':
    case 'bring-back':
    case 'reorder':
    case 'adjust': {
      const row = demandHelm(scene, command)
      // The schema joins several plain types in one member, which narrows to the whole of it.
      return moved(row, applyToClock(readClock(row), command as ClockCommand, scene.now), command.type)
    }
    default:
      return null
  }
}

async function start(scene: Scene, { expectedRevision }: { expectedRevision: number }): Promise<Deed> {
  const { tx, actor, forum, row, now } = scene
  demand(actor, 'run forums')
  if (row || !['scheduled', 'ready'].includes(forum.state))
    throw conflict(
      forum.state === 'cancelled'
        ? 'This forum was cancelled.'
        : 'This forum has begun already: reload to see where it is.',
    )
  if (expectedRevision !== 0) throw conflict('This forum has not begun: its revision is 0.')
  const items = await liveItems(tx, forum.id)
  const clock = startClock(
    {
      openingMinutes: forum.opening_minutes,
      patternsMinutes: forum.patterns_minutes,
      bufferMinutes: forum.buffer_minutes,
      items: items.map(item => ({
        id: item.id,
        minutes: {
          context: item.context_minutes,
          discussion: item.discussion_minutes,
          capture: item.capture_minutes,
        },
      })),
    },
    now,
  )
  const at = new Date(now).toISOString()
  await insertLive(tx, {
    forum_id: forum.id,
    revision: 0,
    clock_revision: 0,
    epoch: 1,
    facilitator_id: actor.personId,
    offered_to_id: null,
    facilitator_seen_at: at,
    time_votes: '[]',
    started_at: at,
    finished_at: null,
    ...clockColumns(clock),
  })
  await setForumState(tx, forum.id, { state: 'live', updated_at: at })
  return { kind: 'start', clock: {} }
}

/** The row, if this actor facilitates and has seen what they command. @throws AppError not-found or conflict. */
function demandHelm(
  { actor, row, forum }: Scene,
  { expectedRevision, epoch }: { expectedRevision: number; epoch?: number },
): LiveRow {
  demand(actor, 'run forums')
  const live = demandLive({ row, forum })
  if (live.facilitator_id !== actor.personId || (epoch !== undefined && epoch !== live.epoch))
    throw conflict('Somebody else is facilitating now. Nothing was changed.')
  if (expectedRevision < live.clock_revision || expectedRevision > live.revision)
    throw conflict('The forum has moved on since you looked. Nothing was changed.')
  return live
}

/** @throws AppError conflict before the forum and after it. */
export function demandLive({ row, forum }: Pick<Scene, 'row' | 'forum'>): LiveRow {
  if (!row) throw conflict('This forum has not begun.')
  if (row.finished_at !== null || forum.state !== 'live') throw conflict('This forum is over.')
  return row
}

/** Requests for more time were meant for the phase that is left. */
function moved(row: LiveRow, clock: LiveClock, kind: string): Deed {
  const before = readClock(row)
  const isThere =
    currentPhase(before).phase === currentPhase(clock).phase && currentStep(before).item === currentStep(clock).item
  return { kind, clock: { ...clockColumns(clock), ...(isThere ? {} : { time_votes: '[]' }) } }
}

async function askForTime(scene: Scene): Promise<Deed> {
  const row = demandLive(scene)
  const clock = readClock(row)
  if (remainingAt(clock, scene.now) > NEAR_END_MS) throw conflict('There is more than a minute left.')
  if (clock.bufferMs < VOTED_MINUTES * 60_000) throw conflict('The buffer is used up: the facilitator decides.')
  const { voters, forum, actor } = scene
  // Requests that nobody can tell whose they are do not count, lest somebody's count twice.
  const before = readTimeVotes(row).filter(mark => !voters.isLost(mark))
  const votes = [...new Set([...before, voters.mark(forum.id, actor.personId, before)])]
  const tally = moreTime(votes, scene.present)
  if (tally.asking < tally.needed)
    return { kind: 'ask-for-time', row: { time_votes: JSON.stringify(votes) }, change: { moreTime: tally } }
  const longer = applyToClock(clock, { type: 'add-minutes', minutes: VOTED_MINUTES }, scene.now)
  return { kind: 'voted-minutes', clock: { ...clockColumns(longer), time_votes: '[]' } }
}

async function offer({ tx, actor }: Scene, to: string): Promise<Deed> {
  if (to === actor.personId || !(await peopleByIds(tx, [to])).has(to))
    throw invalidField('to', 'Choose somebody else who is here.')
  return { kind: 'offer-facilitation', clock: { offered_to_id: to } }
}

function withdraw({ offered_to_id }: LiveRow): Deed {
  if (offered_to_id === null) throw conflict('Nothing was offered.')
  return { kind: 'withdraw-offer', clock: { offered_to_id: null } }
}

function accept(scene: Scene): Deed {
  demand(scene.actor, 'run forums')
  const row = demandLive(scene)
  if (row.offered_to_id !== scene.actor.personId) throw conflict('This is not offered to you, or no longer.')
  return takeOver(row, scene)
}

function claim(scene: Scene): Deed {
  const { actor, forum, now } = scene
  demand(actor, 'run forums')
  const row = demandLive(scene)
  if (row.facilitator_id === actor.personId) throw conflict('You are facilitating already.')
  const isAbsent = row.facilitator_id === null || now - Date.parse(row.facilitator_seen_at) >= ABSENCE_MS
  if (!isAbsent && forum.cofacilitator_id !== actor.personId)
    throw conflict('Whoever facilitates is here. Ask them to hand over; after a minute of absence you may take over.')
  return takeOver(row, scene)
}

function takeOver(row: LiveRow, { actor, now }: Scene): Deed {
  return {
    kind: 'facilitation',
    clock: {
      facilitator_id: actor.personId,
      offered_to_id: null,
      epoch: row.epoch + 1,
      facilitator_seen_at: new Date(now).toISOString(),
    },
  }
}

async function finish(row: LiveRow, { tx, forum, now }: Scene): Promise<Deed> {
  const clock = applyToClock(readClock(row), { type: 'finish' }, now)
  const at = new Date(now).toISOString()
  const columns = { ...clockColumns(clock), finished_at: at, offered_to_id: null, time_votes: '[]' }
  await forgetWriters(tx, forum.id)
  await closeForum(tx, { forumId: forum.id, clock, now })
  return { kind: 'finish', clock: columns }
}

function conflict(message: string): AppError {
  return new AppError('conflict', message)
}
