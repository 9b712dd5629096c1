/** The operations of the API on a live forum. */
import { z } from 'zod'
import type { Operation } from '#app/http/operation.ts'
import { NOTE_KINDS, PROPOSAL_KINDS } from './live-board.ts'
import { PHASES } from './live-clock.ts'
import { liveCommandSchema } from './live-commands.ts'

const named = z.object({ id: z.string(), name: z.string() })
const phase = z.enum(PHASES)
const item = z.string().nullable()

export const liveStateResource = z.object({
  forum: z.string(),
  state: z.enum(['scheduled', 'ready', 'live', 'closed', 'cancelled']),
  revision: z.number().int(),
  clockRevision: z.number().int().describe('Of the last change of clock, agenda or facilitator'),
  epoch: z.number().int().describe('Counted up when the facilitation passes on'),
  serverTime: z.string(),
  item: item.describe('The agenda item; null in opening and patterns'),
  phase: phase.nullable(),
  running: z.boolean(),
  endsAt: z.string().nullable().describe('While it runs'),
  remainingMs: z.number().int().nullable().describe('While it is paused; below zero in overtime'),
  bufferMs: z.number().int(),
  autoAdvance: z.boolean(),
  facilitator: named.nullable(),
  offeredTo: named.nullable(),
  moreTime: z.object({ asking: z.number().int(), needed: z.number().int() }),
  steps: z.array(
    z.object({
      item,
      phases: z.array(z.object({ phase, allottedMs: z.number().int(), usedMs: z.number().int() })),
      state: z.enum(['ahead', 'now', 'done', 'skipped']),
    }),
  ),
  step: z.number().int(),
  phaseOfStep: z.number().int(),
})

const captureResource = z.object({
  notes: z.array(
    z.object({
      id: z.string(),
      item,
      phase,
      kind: z.enum(NOTE_KINDS),
      text: z.string(),
      version: z.number().int(),
      writer: named.nullable(),
      writtenAt: z.string(),
    }),
  ),
  proposals: z.array(z.object({ id: z.string(), item, kind: z.enum(PROPOSAL_KINDS), text: z.string() })),
  parked: z.array(z.object({ id: z.string(), item, text: z.string() })),
  tallies: z.array(z.object({ item: z.string(), theme: z.string(), name: z.string(), votes: z.number().int() })),
  questions: z
    .array(z.object({ id: z.string(), item, text: z.string(), isRead: z.boolean() }))
    .nullable()
    .describe('For those who read them out'),
  prompts: z.array(z.object({ id: z.string(), item, phase, text: z.string() })),
})

export const getLiveStateOperation = {
  id: 'getLiveState',
  method: 'get',
  path: '/forums/{id}/live/state',
  summary: 'Where a forum is, and what has been said in it',
  permission: 'take part in forums',
  query: z.object({
    after: z.coerce
      .number()
      .int()
      .min(0)
      .optional()
      .describe('A revision: capture is null while nothing has come since'),
  }),
  response: liveStateResource.extend({ capture: captureResource.nullable() }),
} as const satisfies Operation

export const giveCommandOperation = {
  id: 'giveCommand',
  method: 'post',
  path: '/forums/{id}/live/commands',
  summary: 'Steer a live forum or write something down; a refusal with 409 carries the state as well',
  permission: 'take part in forums',
  body: liveCommandSchema,
  response: liveStateResource,
} as const satisfies Operation

export const getServerTimeOperation = {
  id: 'getServerTime',
  method: 'get',
  path: '/forums/{id}/live/time',
  summary: 'The clock that a live forum runs by',
  permission: 'take part in forums',
  response: z.object({ serverTime: z.string() }),
} as const satisfies Operation

export const followForumOperation = {
  id: 'followForum',
  method: 'get',
  path: '/forums/{id}/live/events',
  summary: 'Server-sent events of a live forum, each with its revision as id; resumes by Last-Event-ID',
  permission: 'take part in forums',
  query: z.object({ after: z.coerce.number().int().min(0).optional().describe('The latest revision that was seen') }),
  stream: true,
  response: z.object({ revision: z.number().int(), kind: z.string(), at: z.string(), data: z.object({}).loose() }),
} as const satisfies Operation
