/** Does one command of a live forum: one transaction, one revision, one event. */
import { type Actor, demand } from '#app/identity/actor.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { AppError, notFound } from '#app/platform/errors.ts'
import { type Db, inTransaction, lockFor, notifyOthers, type Tx } from '#db/index.server.ts'
import { captureCommand } from './capture-command.server.ts'
import type { Change, LiveState } from './live-board.ts'
import type { LiveCommand } from './live-commands.ts'
import {
  insertEvent,
  insertResult,
  type LiveForumRow,
  type LiveRow,
  liveForum,
  liveRow,
  resultOf,
  updateLive,
} from './live-queries.server.ts'
import { clockPart, stateOf } from './live-row.ts'
import { steerCommand } from './steer-command.server.ts'
import { UnknownVoterKey, type VoterKeys } from './voter-keys.server.ts'

/** PostgreSQL's channel on which instances tell each other of new events. */
export const LIVE_CHANNEL = 'candor_live'

export interface CommandContext {
  db: Db
  /** The one that all instances share: see live-hub.server.ts. */
  clock: Clock
  actor: Actor
  voters: VoterKeys
  /** How many are present in a forum. */
  present(forumId: string): number
}

/** Of these nothing may tell who gave them, nor that they were seen at that moment. */
const NAMELESS: ReadonlySet<string> = new Set<LiveCommand['type']>(['vote-theme', 'ask', 'ask-for-time'])

/** Where a command finds the forum. */
export interface Scene {
  tx: Tx
  actor: Actor
  now: number
  forum: LiveForumRow
  /** Undefined before the forum has begun. */
  row: LiveRow | undefined
  voters: VoterKeys
  present: number
}

/** What a command did. */
export interface Deed {
  kind: string
  /** Changes of the live row; absent when clock, agenda and facilitator stay as they are. */
  clock?: Partial<LiveRow>
  /** Other columns of the live row. */
  row?: Partial<LiveRow>
  change?: Change
  audience?: 'all' | 'facilitator'
}

/** A refusal that says where the forum is now. */
export class LiveConflict extends AppError {
  constructor(
    message: string,
    readonly state: LiveState,
  ) {
    super('conflict', message)
  }
}

/**
 * @returns the state after the command; for a repeated `commandId`, what the first one was answered with.
 * @throws AppError not-found when the forum is not there or the command is not this actor's to give, invalid when its
 * values cannot be used, LiveConflict when it is stale or makes no sense now, UnknownVoterKey when the votes that are
 * there were made under a key that this process does not hold and has not given up.
 */
export function runCommand(context: CommandContext, forumId: string, command: LiveCommand): Promise<LiveState> {
  const { db, clock, actor, voters } = context
  demand(actor, 'take part in forums')
  return inTransaction(db, async tx => {
    await lockFor(tx, `live forum ${forumId}`)
    const known = await resultOf(tx, forumId, command.commandId)
    if (known) return JSON.parse(known) as LiveState
    const forum = await liveForum(tx, forumId)
    if (!forum) throw notFound('This forum')
    const row = await liveRow(tx, forumId)
    const scene: Scene = { tx, actor, now: clock.now(), forum, row, voters, present: context.present(forumId) }
    try {
      const deed = (await steerCommand(scene, command)) ?? (await captureCommand(scene, command))
      return await keep(scene, command, deed)
    } catch (error) {
      if (!(error instanceof AppError) || error.refusal !== 'conflict') throw error
      if (error instanceof UnknownVoterKey && !voters.isLost(error.keyId)) throw error
      throw new LiveConflict(error.message, await stateIn(scene))
    }
  })
}

/** Counts the revision up and writes down the event and the answer. */
async function keep(scene: Scene, command: LiveCommand, deed: Deed): Promise<LiveState> {
  const { tx, forum, now } = scene
  const before = scene.row ?? (await liveRow(tx, forum.id))
  if (!before) throw new Error('A live forum has lost its row')
  const revision = before.revision + 1
  const at = new Date(now).toISOString()
  const changed: Partial<LiveRow> = {
    ...deed.row,
    ...deed.clock,
    revision,
    ...(deed.clock ? { clock_revision: revision } : {}),
    ...(before.facilitator_id === scene.actor.personId && !NAMELESS.has(command.type)
      ? { facilitator_seen_at: at }
      : {}),
  }
  await updateLive(tx, forum.id, changed)
  const isOther = deed.kind === 'start' || deed.kind === 'finish'
  const forumNow = isOther ? ((await liveForum(tx, forum.id)) ?? forum) : forum
  const state = await stateIn({ ...scene, forum: forumNow, row: { ...before, ...changed } })
  const change: Change = { ...deed.change, ...(deed.clock ? { clock: clockPart(state) } : {}) }
  const audience = deed.audience ?? 'all'
  await insertEvent(tx, {
    forum_id: forum.id,
    seq: revision,
    kind: deed.kind,
    audience,
    data: JSON.stringify(change),
    at,
  })
  await insertResult(tx, { forum_id: forum.id, command_id: command.commandId, result: JSON.stringify(state) })
  await notifyOthers(tx, LIVE_CHANNEL, JSON.stringify({ session: forum.id, seq: revision }))
  return state
}

/** Where the forum is, for answers. */
export async function stateIn({
  tx,
  row,
  forum,
  now,
  present,
}: Omit<Scene, 'voters' | 'actor' | 'tx'> & { tx: Db }): Promise<LiveState> {
  const ids = row ? [row.facilitator_id, row.offered_to_id] : [forum.facilitator_id]
  const people = await peopleByIds(
    tx,
    ids.filter(id => id !== null),
  )
  return stateOf(row, { forum, now, people, present })
}
