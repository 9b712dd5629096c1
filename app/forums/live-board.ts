/** What everybody sees of a live forum, and how one change after another makes it. The same in server and browser. */
import type { Phase, Step } from './live-clock.ts'

/** Where the forum is: what commands are answered with. Times are ISO 8601 UTC with milliseconds. */
export interface LiveState {
  forum: string
  state: 'scheduled' | 'ready' | 'live' | 'closed' | 'cancelled'
  revision: number
  /** The revision of the last change of clock, agenda or facilitator: what `expectedRevision` is compared with. */
  clockRevision: number
  /** Counted up when the facilitation passes on. */
  epoch: number
  serverTime: string
  /** The agenda item; null in opening and patterns, and before the forum. */
  item: string | null
  phase: Phase | null
  running: boolean
  /** While it runs. */
  endsAt: string | null
  /** While it is paused; below zero in overtime. */
  remainingMs: number | null
  bufferMs: number
  /** Whether a phase whose time is up is followed by the next. */
  autoAdvance: boolean
  facilitator: Named | null
  offeredTo: Named | null
  moreTime: MoreTime
  /** The agenda in its order, and where we are in it. */
  steps: Step[]
  step: number
  phaseOfStep: number
}

export interface Named {
  id: string
  name: string
}

/** How many ask for two more minutes, and how many it takes. */
export interface MoreTime {
  asking: number
  needed: number
}

export const NOTE_KINDS = ['note', 'factor', 'theme', 'action', 'parked'] as const
export type NoteKind = (typeof NOTE_KINDS)[number]

export interface Note {
  id: string
  item: string | null
  phase: Phase
  kind: NoteKind
  text: string
  version: number
  /** Who holds the pen; null when nobody does any more. */
  writer: Named | null
  writtenAt: string
}

export const PROPOSAL_KINDS = ['prevent', 'detect', 'mitigate', 'process'] as const
export type ProposalKind = (typeof PROPOSAL_KINDS)[number]

export interface Proposal {
  id: string
  item: string | null
  kind: ProposalKind
  text: string
}

export interface Parked {
  id: string
  item: string | null
  text: string
}

export interface Tally {
  item: string
  theme: string
  name: string
  votes: number
}

/** From the question box: nobody knows who asks. */
export interface Question {
  id: string
  item: string | null
  text: string
  isRead: boolean
}

/** A question that the facilitator put to the room. */
export interface Prompt {
  id: string
  item: string | null
  phase: Phase
  text: string
}

export interface Capture {
  notes: Note[]
  proposals: Proposal[]
  parked: Parked[]
  tallies: Tally[]
  /** Null for those who do not read them out. */
  questions: Question[] | null
  prompts: Prompt[]
}

/** What one revision changed: whatever is named replaces what had the same identity, or is new. */
export interface Change {
  clock?: Omit<LiveState, 'forum' | 'revision' | 'clockRevision' | 'serverTime'>
  moreTime?: MoreTime
  note?: Note
  proposal?: Proposal
  parked?: Parked
  tally?: Tally
  question?: Question
  prompt?: Prompt
}

export interface LiveEvent {
  revision: number
  kind: string
  at: string
  data: Change
}

export interface Presence {
  count: number
  /** Of those who do not mind; two letters each. */
  initials: string[]
}

/** How long the pen stays with whoever wrote last. */
export const PEN_MS = 20_000

/** The state after an event that follows it at once. */
export function advanceState(state: LiveState, { revision, at, data }: LiveEvent): LiveState {
  return {
    ...state,
    ...data.clock,
    ...(data.moreTime ? { moreTime: data.moreTime } : {}),
    revision,
    clockRevision: data.clock ? revision : state.clockRevision,
    serverTime: at,
  }
}

/** What has been said, after an event. */
export function advanceCapture(capture: Capture, { data }: LiveEvent): Capture {
  return {
    notes: put(capture.notes, data.note, sameId),
    proposals: put(capture.proposals, data.proposal, sameId),
    parked: put(capture.parked, data.parked, sameId),
    tallies: put(capture.tallies, data.tally, (one, other) => one.item === other.item && one.theme === other.theme),
    questions: capture.questions && put(capture.questions, data.question, sameId),
    prompts: put(capture.prompts, data.prompt, sameId),
  }
}

function sameId(one: { id: string }, other: { id: string }): boolean {
  return one.id === other.id
}

function put<T>(list: T[], entry: T | undefined, isSame: (one: T, other: T) => boolean): T[] {
  if (entry === undefined) return list
  const place = list.findIndex(one => isSame(one, entry))
  return place < 0 ? [...list, entry] : list.map((one, index) => (index === place ? entry : one))
}

/** Whether somebody else holds the pen of a note at a moment. */
export function isHeldByAnother(
  { writer, writtenAt }: Pick<Note, 'writer' | 'writtenAt'>,
  person: string,
  now: number,
): boolean {
  return writer !== null && writer.id !== person && now - Date.parse(writtenAt) < PEN_MS
}

/** The name without what only a headline needs, for the title and for those who hear it. */
export const PHASE_NAMES: Record<Phase, string> = {
  opening: 'Opening',
  context: 'Context',
  discussion: 'Discussion',
  capture: 'Capture',
  patterns: 'Patterns and closing',
}

/** Two letters for a name. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(word => [...(word ?? '')][0] ?? '')
  return letters.join('').toUpperCase()
}
