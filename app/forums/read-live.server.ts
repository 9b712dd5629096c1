/** The board of a live forum as one person may see it, and the door through which commands come. */
import { type Actor, can, demand } from '#app/identity/actor.ts'
import { isStorable } from '#app/identity/fields.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import type { Log } from '#app/platform/log.server.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import type { Db } from '#db/index.server.ts'
import { captureRows } from './capture-queries.server.ts'
import type { Capture, LiveState, NoteKind, ProposalKind } from './live-board.ts'
import type { Phase } from './live-clock.ts'
import type { LiveCommand } from './live-commands.ts'
import { liveHub } from './live-hub.server.ts'
import { type LiveForumRow, type LiveRow, liveForum, liveRow } from './live-queries.server.ts'
import { runCommand, stateIn } from './run-command.server.ts'
import { UnknownVoterKey } from './voter-keys.server.ts'

interface Context {
  db: Db
  clock: Clock
  log: Log
  actor: Actor
}

interface Found {
  forum: LiveForumRow
  row: LiveRow | undefined
}

/** @throws AppError not-found. */
export async function readLiveState(context: Context, forumId: string): Promise<LiveState> {
  const { forum, row } = await find(context, forumId)
  const hub = liveHub(context)
  return stateIn({ tx: context.db, forum, row, now: hub.clock.now(), present: hub.present(forumId) })
}

/** All that has been said so far; questions from the box for those who read them out. @throws AppError not-found. */
export async function readCapture(context: Context, forumId: string): Promise<Capture> {
  const { db, actor } = context
  const { forum, row } = await find(context, forumId)
  const [said, themes] = await Promise.all([captureRows(db, forumId), listThemes(db)])
  const writers = await peopleByIds(
    db,
    said.notes.flatMap(note => note.writer_id ?? []),
  )
  const byId = new Map(themes.map(theme => [theme.id, theme]))
  const reads =
    can(actor, 'run forums') &&
    [row?.facilitator_id ?? forum.facilitator_id, forum.cofacilitator_id].includes(actor.personId)
  return {
    notes: said.notes.map(note => {
      const writer = writers.get(note.writer_id ?? '')
      return {
        id: note.id,
        item: note.item_id,
        phase: note.phase as Phase,
        kind: note.kind as NoteKind,
        text: note.text,
        version: note.version,
        writer: writer ? { id: writer.id, name: writer.name } : null,
        writtenAt: note.written_at,
      }
    }),
    proposals: said.proposals.map(one => ({
      id: one.id,
      item: one.item_id,
      kind: one.kind as ProposalKind,
      text: one.text,
    })),
    parked: said.parked.map(one => ({ id: one.id, item: one.item_id, text: one.text })),
    tallies: said.votes.flatMap(({ itemId, themeId, votes }) => {
      const theme = byId.get(themeId)
      return theme ? [{ item: itemId, theme: theme.slug, name: theme.name, votes }] : []
    }),
    questions: reads
      ? said.questions.map(one => ({ id: one.id, item: one.item_id, text: one.text, isRead: one.is_read === 1 }))
      : null,
    prompts: said.prompts.map(one => ({ id: one.id, item: one.item_id, phase: one.phase as Phase, text: one.text })),
  }
}

/**
 * Gives a command and wakes those who follow.
 * @throws AppError as runCommand does; conflict when another process runs live forums on this database file.
 */
export async function giveCommand(context: Context, forumId: string, command: LiveCommand): Promise<LiveState> {
  const hub = liveHub(context)
  await hub.ready()
  // The record counts who was there until its last moment, and a vote needs half of those who are.
  if (command.type === 'finish' || command.type === 'ask-for-time') await hub.settle(forumId)
  const { db, actor } = context
  const run = () =>
    runCommand({ db, actor, clock: hub.clock, voters: hub.voters, present: hub.present }, forumId, command)
  const state = await run().catch(async (error: unknown) => {
    if (!(error instanceof UnknownVoterKey)) throw error
    await hub.askForKey(forumId, error.keyId)
    return run()
  })
  if (state.state === 'closed') hub.voters.forget(forumId)
  hub.wake(forumId)
  return state
}

async function find({ db, actor }: Context, forumId: string): Promise<Found> {
  demand(actor, 'take part in forums')
  const forum = isStorable(forumId) ? await liveForum(db, forumId) : undefined
  if (!forum) throw notFound('This forum')
  return { forum, row: await liveRow(db, forumId) }
}
