/** Commands that write down what is said: notes and what becomes of them, votes, questions, prompts. */
import { can } from '#app/identity/actor.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import { suggestThemes } from '#app/themes/suggest-themes.ts'
import { listThemes, type Theme, themesBySlug } from '#app/themes/themes.server.ts'
import * as queries from './capture-queries.server.ts'
import { type Change, isHeldByAnother, type Note, type NoteKind } from './live-board.ts'
import { PHASES, type Phase } from './live-clock.ts'
import type { LiveCommand, LiveCommandOf } from './live-commands.ts'
import type { LiveRow } from './live-queries.server.ts'
import { readClock } from './live-row.ts'
import type { Deed, Scene } from './run-command.server.ts'
import { demandLive } from './steer-command.server.ts'

/** What a note said is kept this often while somebody writes on it. */
const KEEP_EVERY_MS = 30_000

/** @throws AppError not-found, conflict or invalid. */
export async function captureCommand(scene: Scene, command: LiveCommand): Promise<Deed> {
  const row = demandLive(scene)
  switch (command.type) {
    case 'note':
      return writeNote(scene, row, command)
    case 'convert':
      return convertNote(scene, command)
    case 'propose-action':
      return propose(scene, row, command)
    case 'park':
      return park(scene, itemOf(row, command.item), command.text)
    case 'vote-theme':
      return vote(scene, row, command)
    case 'ask':
      return ask(scene, row, command)
    case 'read-out':
      return readOut(scene, row, command.question)
    case 'prompt':
      return prompt(scene, row, command)
    default:
      throw invalidField('type', 'This command is not known.')
  }
}

/** The item that is meant; the current one unless it is named. @throws AppError invalid for one of another forum. */
function itemOf(row: LiveRow, item: string | null | undefined): string | null {
  if (item === undefined) return row.item_id
  if (item !== null && !readClock(row).steps.some(step => step.item === item))
    throw invalidField('item', 'This item is not on the agenda.')
  return item
}

async function writeNote(scene: Scene, row: LiveRow, command: LiveCommandOf<'note'>): Promise<Deed> {
  const { tx, forum, actor, now } = scene
  const at = new Date(now).toISOString()
  const writer = { id: actor.personId, name: actor.name }
  const text = command.text.trim()
  if (command.note === undefined) {
    if (text === '') throw invalidField('text', 'Write something first.')
    const phase = command.phase ?? (row.phase as Phase)
    const note = { id: newId(), item: itemOf(row, command.item), phase, kind: 'note' as const, text, version: 1 }
    const { item, ...columns } = note
    await queries.insertNote(tx, {
      ...columns,
      forum_id: forum.id,
      item_id: item,
      writer_id: actor.personId,
      written_at: at,
      created_at: at,
    })
    return { kind: 'note', change: { note: { ...note, writer, writtenAt: at } } }
  }
  const found = await queries.noteById(tx, forum.id, command.note)
  if (!found) throw notFound('This note')
  const before = await noteOf(scene, found)
  if (isHeldByAnother(before, actor.personId, now)) throw conflict(`${before.writer?.name} is writing here.`)
  if (command.version !== before.version) throw conflict('This note has changed since you read it.')
  const keptAt = await queries.latestRevisionAt(tx, before.id)
  if (found.writer_id !== actor.personId || keptAt === null || now - Date.parse(keptAt) >= KEEP_EVERY_MS)
    await queries.insertNoteRevision(tx, { note_id: before.id, version: before.version, text: before.text, at })
  const version = before.version + 1
  await queries.updateNote(tx, { id: before.id, text, version, writer_id: actor.personId, written_at: at })
  return { kind: 'note', change: { note: { ...before, text, version, writer, writtenAt: at } } }
}

async function noteOf({ tx }: Pick<Scene, 'tx'>, row: queries.NoteRow): Promise<Note> {
  const writer = row.writer_id === null ? undefined : (await peopleByIds(tx, [row.writer_id])).get(row.writer_id)
  return {
    id: row.id,
    item: row.item_id,
    phase: PHASES.find(phase => phase === row.phase) ?? 'discussion',
    kind: row.kind as NoteKind,
    text: row.text,
    version: row.version,
    writer: writer ? { id: writer.id, name: writer.name } : null,
    writtenAt: row.written_at,
  }
}

async function convertNote(scene: Scene, { note: id, to, theme }: LiveCommandOf<'convert'>): Promise<Deed> {
  const { tx, forum } = scene
  const found = await queries.noteById(tx, forum.id, id)
  if (!found || found.text === '') throw notFound('This note')
  const before = await noteOf(scene, found)
  if (before.kind !== 'note' && before.kind !== 'factor') throw conflict('This note has become something else already.')
  const more = await becoming(scene, before, to, theme)
  const note: Note = { ...before, kind: to, version: before.version + 1 }
  await queries.updateNote(tx, { id, kind: to, version: note.version })
  return { kind: 'convert', change: { ...more, note } }
}

/** What else there is once a note has become something. */
async function becoming(scene: Scene, note: Note, to: NoteKind, slug: string | undefined): Promise<Change> {
  if (to === 'action')
    return (await addProposal(scene, { item: note.item, kind: 'prevent', text: note.text, owner: null })).change ?? {}
  if (to === 'parked') return (await park(scene, note.item, note.text)).change ?? {}
  if (to !== 'theme') return {}
  if (note.item === null) throw conflict('Themes belong to an item.')
  const theme = slug ? await themeNamed(scene, slug) : await themeIn(scene, note.text)
  return { tally: await putVote(scene, note.item, theme, true) }
}

async function propose(scene: Scene, row: LiveRow, command: LiveCommandOf<'propose-action'>): Promise<Deed> {
  const { kind, text, owner } = command
  if (owner !== null && !(await peopleByIds(scene.tx, [owner])).has(owner))
    throw invalidField('owner', 'This person is not known.')
  return addProposal(scene, { item: itemOf(row, command.item), kind, text, owner })
}

async function addProposal(
  { tx, forum, now }: Scene,
  {
    item,
    kind,
    text,
    owner,
  }: { item: string | null; kind: LiveCommandOf<'propose-action'>['kind']; text: string; owner: string | null },
): Promise<Deed> {
  const proposal = { id: newId(), item, kind, text }
  await queries.insertProposal(tx, {
    id: proposal.id,
    forum_id: forum.id,
    item_id: item,
    kind,
    text,
    suggested_owner_id: owner,
    created_at: new Date(now).toISOString(),
  })
  return { kind: 'propose-action', change: { proposal } }
}

async function park({ tx, forum, now }: Scene, item: string | null, text: string): Promise<Deed> {
  const parked = { id: newId(), item, text }
  const created_at = new Date(now).toISOString()
  await queries.insertParked(tx, { id: parked.id, forum_id: forum.id, item_id: item, text, created_at })
  return { kind: 'park', change: { parked } }
}

async function vote(scene: Scene, row: LiveRow, { item, theme, isFor }: LiveCommandOf<'vote-theme'>): Promise<Deed> {
  const of = itemOf(row, item)
  if (of === null) throw conflict('Themes belong to an item.')
  return { kind: 'vote-theme', change: { tally: await putVote(scene, of, await themeNamed(scene, theme), isFor) } }
}

async function putVote({ tx, forum, actor, voters }: Scene, item: string, theme: Theme, isFor: boolean | undefined) {
  const marks = await queries.markOnItem(tx, forum.id, item)
  const voter = voters.mark(forum.id, actor.personId, marks)
  const votes = await queries.putVote(tx, { forumId: forum.id, itemId: item, themeId: theme.id, voter }, isFor)
  return { item, theme: theme.slug, name: theme.name, votes }
}

async function themeNamed({ tx }: Scene, slug: string): Promise<Theme> {
  const theme = (await themesBySlug(tx, [slug])).get(slug)
  if (!theme) throw invalidField('theme', 'There is no such theme.')
  return theme
}

/** The theme that a note speaks of most plainly: its very name, else what the list's synonyms suggest. */
async function themeIn({ tx }: Scene, text: string): Promise<Theme> {
  const themes = await listThemes(tx)
  const [first] = suggestThemes(themes, text)
  const named = themes.find(theme => text.toLowerCase().includes(theme.name.toLowerCase()))
  const theme = named ?? themes.find(one => one.id === first?.themeId)
  if (!theme) throw conflict('No theme of the list speaks in this note: choose one under Themes.')
  return theme
}

/** Of the one who asks nothing is kept, nor when: an order is enough to read out. */
async function ask({ tx, forum }: Scene, row: LiveRow, command: LiveCommandOf<'ask'>): Promise<Deed> {
  const item = itemOf(row, command.item)
  const question = { id: newId(), item, text: command.text, isRead: false }
  await queries.insertQuestion(tx, {
    id: question.id,
    forum_id: forum.id,
    item_id: item,
    position: row.revision + 1,
    text: question.text,
    is_read: 0,
  })
  return { kind: 'ask', audience: 'facilitator', change: { question } }
}

async function readOut(scene: Scene, row: LiveRow, id: string): Promise<Deed> {
  demandReader(scene, row)
  const found = await queries.markRead(scene.tx, scene.forum.id, id)
  if (!found) throw notFound('This question')
  const question = { id, item: found.item_id, text: found.text, isRead: true }
  return { kind: 'read-out', audience: 'facilitator', change: { question } }
}

async function prompt(scene: Scene, row: LiveRow, command: LiveCommandOf<'prompt'>): Promise<Deed> {
  demandReader(scene, row)
  const made = { id: newId(), item: itemOf(row, command.item), phase: command.phase, text: command.text }
  await queries.insertPrompt(scene.tx, {
    id: made.id,
    forum_id: scene.forum.id,
    item_id: made.item,
    phase: made.phase,
    text: made.text,
  })
  return { kind: 'prompt', change: { prompt: made } }
}

/** @throws AppError not-found for everybody but those who facilitate. */
function demandReader({ actor, forum }: Scene, row: LiveRow): void {
  if (!can(actor, 'run forums') || ![row.facilitator_id, forum.cofacilitator_id].includes(actor.personId))
    throw notFound()
}

function conflict(message: string): AppError {
  return new AppError('conflict', message)
}
