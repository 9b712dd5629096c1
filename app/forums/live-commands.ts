/** The commands of a live forum, as the API and the board's forms send them. */
import { z } from 'zod'
import { isStorable } from '#app/identity/fields.ts'
import { NOTE_KINDS, PROPOSAL_KINDS } from './live-board.ts'
import { PHASES } from './live-clock.ts'

const id = z.string().min(1).max(100).refine(isStorable, 'This has a character that no id has.')
const item = id.describe('The id of an agenda item')
const ofItem = item.nullable().optional().describe('The current one unless given; null for the whole forum')
const phase = z.enum(PHASES)
const minutes = z.number().int().min(1).max(60)
const words = (most: number) =>
  z.string().trim().min(1, 'Write something first.').max(most, `At most ${most} characters.`)

const commandId = id.describe('Made by the client; the same again is answered with the first result')
const revision = z.number().int().min(0).describe('The latest revision that the sender has seen')
const epoch = z.number().int().optional().describe('Refused when the facilitation has passed on since')
const ofClock = { commandId, expectedRevision: revision, epoch }
const any = { commandId, expectedRevision: revision.optional(), epoch }

export const liveCommandSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...ofClock,
    type: z.literal([
      'start',
      'pause',
      'resume',
      'next-phase',
      'previous-phase',
      'next-item',
      'time-is-up',
      'withdraw-offer',
      'finish',
    ]),
  }),
  z.strictObject({ ...ofClock, type: z.literal('add-minutes'), minutes: minutes.max(30) }),
  z.strictObject({
    ...ofClock,
    type: z.literal('set-auto-advance'),
    isOn: z
      .boolean()
      .describe('Whether a phase whose time is up is followed by the next, once a board asks with time-is-up'),
  }),
  z.strictObject({ ...ofClock, type: z.literal('skip'), item }),
  z.strictObject({ ...ofClock, type: z.literal('bring-back'), item }),
  z.strictObject({ ...ofClock, type: z.literal('reorder'), items: z.array(item).max(50).describe('What is left') }),
  z.strictObject({
    ...ofClock,
    type: z.literal('adjust'),
    item,
    minutes: z.strictObject({ context: minutes, discussion: minutes, capture: minutes }),
  }),
  z.strictObject({ ...ofClock, type: z.literal('offer-facilitation'), to: id.describe('The id of a person') }),
  z.strictObject({ ...any, type: z.literal(['accept-facilitation', 'claim-facilitation', 'ask-for-time']) }),
  z.strictObject({
    ...any,
    type: z.literal('note'),
    item: ofItem,
    phase: phase.optional().describe('The current one unless given'),
    text: z.string().max(4_000),
    note: id.optional().describe('The block to write on; a new one without it'),
    version: z.number().int().min(1).optional().describe('Of the block, as it was read'),
  }),
  z.strictObject({
    ...any,
    type: z.literal('convert'),
    note: id,
    to: z.enum(NOTE_KINDS),
    theme: id.optional().describe('A theme’s slug; else the theme that the note speaks of'),
  }),
  z.strictObject({
    ...any,
    type: z.literal('propose-action'),
    item: ofItem,
    text: words(500),
    kind: z.enum(PROPOSAL_KINDS).default('prevent'),
    owner: id.nullable().default(null).describe('The id of a person who might'),
  }),
  z.strictObject({ ...any, type: z.literal('park'), item: ofItem, text: words(500) }),
  z.strictObject({
    ...any,
    type: z.literal('vote-theme'),
    item: item.optional().describe('The current one unless given'),
    theme: id.describe('A theme’s slug'),
    isFor: z.boolean().optional().describe('Without it, the opposite of before'),
  }),
  z.strictObject({ ...any, type: z.literal('ask'), item: ofItem, text: words(1_000) }),
  z.strictObject({ ...any, type: z.literal('read-out'), question: id }),
  z.strictObject({ ...any, type: z.literal('prompt'), item: ofItem, phase, text: words(300) }),
])

export type LiveCommand = z.infer<typeof liveCommandSchema>
export type LiveCommandOf<T extends LiveCommand['type']> = Extract<LiveCommand, { type: T }>
