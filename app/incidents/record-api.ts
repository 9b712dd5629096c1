/** The operations of the API on an incident's record and on near misses. */
import { z } from 'zod'
import { listOf, type Operation, pageQuery } from '#app/http/operation.ts'
import { incidentResource } from './api.ts'
import { HANDOFF_ANSWERS, HANDOFF_PARTS } from './handoff.ts'
import { INCIDENT_ROLES, SEVERITIES } from './vocabulary.ts'

const severity = z.enum(SEVERITIES).nullable()
const role = z.enum(INCIDENT_ROLES)
const moment = z.string().nullable()

const updateResource = z.object({
  id: z.string(),
  at: z.string(),
  text: z.string().describe('Markdown'),
  author: z.string(),
})

const recordResource = z.object({
  incident: incidentResource,
  updates: z.array(updateResource),
  severityHistory: z.array(
    z.object({ at: z.string(), from: severity, to: severity, reason: z.string(), by: z.string() }),
  ),
  roles: z.array(
    z.object({
      role,
      person: z.string(),
      from: moment.describe('Null where nobody knows since when'),
      until: moment.describe('Null while it is held, and where nobody knows'),
      takenOver: z.boolean(),
    }),
  ),
  handoffs: z.array(
    z.object({
      role,
      giver: z.string(),
      receiver: z.string(),
      offeredAt: z.string(),
      answer: z.enum(HANDOFF_ANSWERS).nullable(),
      answeredAt: moment,
      parts: z
        .object(Object.fromEntries(HANDOFF_PARTS.map(part => [part, z.string().nullable()])))
        .describe('Null where there was nothing to report'),
    }),
  ),
})

const nearMissResource = z.object({
  title: z.string(),
  whatHappened: z.string(),
  whatStoppedIt: z.string(),
  service: z.string().nullable(),
  reportedBy: z.string().nullable().describe('Null for those who did not name themselves'),
  reportedOn: z.string().describe('A day'),
})

export type IncidentRecordResource = z.infer<typeof recordResource>
export type UpdateResource = z.infer<typeof updateResource>

export const getIncidentRecordOperation = {
  id: 'getIncidentRecord',
  method: 'get',
  path: '/incidents/{key}/record',
  summary: 'An incident with its updates, roles, handoffs and changes of severity',
  permission: 'read',
  response: recordResource,
} as const satisfies Operation

export const postUpdateOperation = {
  id: 'postUpdate',
  method: 'post',
  path: '/incidents/{key}/updates',
  summary: 'Put an update on an incident’s timeline, at this moment',
  permission: 'record incidents',
  body: z.strictObject({ text: z.string().describe('Markdown') }),
  status: 201,
  response: updateResource,
} as const satisfies Operation

export const listNearMissesOperation = {
  id: 'listNearMisses',
  method: 'get',
  path: '/near-misses',
  summary: 'Near misses, the latest first',
  permission: 'read',
  query: pageQuery.extend({
    q: z.string().max(200).optional().describe('Words, or beginnings of words, that all occur'),
  }),
  response: listOf(nearMissResource),
} as const satisfies Operation

export const reportNearMissOperation = {
  id: 'reportNearMiss',
  method: 'post',
  path: '/near-misses',
  summary: 'Report a near miss; without isNamed nothing is kept that says who did',
  permission: 'record incidents',
  body: z.strictObject({
    title: z.string(),
    whatHappened: z.string(),
    whatStoppedIt: z.string().default(''),
    service: z.string().nullable().default(null).describe('A service’s slug'),
    isNamed: z.boolean().default(false),
  }),
  status: 201,
  response: z.object({ reportedOn: z.string() }),
} as const satisfies Operation
