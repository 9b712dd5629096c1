/** The operations of the API on incidents and services. */
import { z } from 'zod'
import { listOf, type Operation, pageQuery } from '#app/http/operation.ts'
import { isStorable, line } from '#app/identity/fields.ts'
import { incidentChangeSchema, instant, newIncidentSchema } from './incident-body.ts'
import { LIMITS } from './read-cells.ts'
import { DETECTORS, SEVERITIES } from './vocabulary.ts'

const named = z.object({ slug: z.string(), name: z.string() })
const moment = z.string().nullable().describe('ISO 8601 UTC; null when it is not known')

export const serviceResource = z.object({ slug: z.string(), name: z.string(), team: named.nullable() })

export const incidentSummary = z.object({
  key: z.string(),
  externalId: z.string().nullable(),
  title: z.string(),
  severity: z.enum(SEVERITIES).nullable(),
  startedAt: moment,
  detectedAt: moment,
  acknowledgedAt: moment,
  mitigatedAt: moment,
  resolvedAt: moment,
  state: z.enum(['open', 'resolved']).describe('Open until a time is known, or it is known that nobody knows it'),
  services: z.array(named),
  family: named.nullable(),
})

export const incidentResource = incidentSummary.extend({
  summary: z.string(),
  detectedBy: z.enum(DETECTORS).nullable(),
  customerImpact: z.boolean().nullable().describe('Null when it is not known'),
  impactNote: z.string(),
  incidentCommander: z.object({ name: z.string(), email: z.string() }).nullable(),
  sourceUrl: z.string().nullable(),
  flags: z.array(z.string()).describe('What an import could not take as it was written'),
  updatedAt: z.string(),
})

export type ServiceResource = z.infer<typeof serviceResource>
export type IncidentSummary = z.infer<typeof incidentSummary>
export type IncidentResource = z.infer<typeof incidentResource>

const slug = z.string().max(200).refine(isStorable, 'This has a character that no slug has.')
const team = slug.nullable().describe('The slug of a team; null for none')
const serviceName = line('the service’s name', LIMITS.name)

export const listServicesOperation = {
  id: 'listServices',
  method: 'get',
  path: '/services',
  summary: 'Services with the teams that own them, by slug',
  permission: 'read',
  query: pageQuery,
  response: listOf(serviceResource),
} as const satisfies Operation

export const createServiceOperation = {
  id: 'createService',
  method: 'post',
  path: '/services',
  summary: 'Add a service',
  permission: 'administer',
  body: z.strictObject({ name: serviceName, team: team.optional() }),
  status: 201,
  response: serviceResource,
} as const satisfies Operation

export const getServiceOperation = {
  id: 'getService',
  method: 'get',
  path: '/services/{slug}',
  summary: 'One service',
  permission: 'read',
  response: serviceResource,
} as const satisfies Operation

export const changeServiceOperation = {
  id: 'changeService',
  method: 'patch',
  path: '/services/{slug}',
  summary: 'Rename a service or give it to a team; its slug stays',
  permission: 'administer',
  body: z.strictObject({ name: serviceName.optional(), team: team.optional() }),
  response: serviceResource,
} as const satisfies Operation

export const listIncidentsOperation = {
  id: 'listIncidents',
  method: 'get',
  path: '/incidents',
  summary: 'Incidents, the latest first',
  permission: 'read',
  query: pageQuery.extend({
    severity: z.enum(SEVERITIES).optional(),
    service: slug.optional().describe('A service’s slug'),
    team: slug.optional().describe('A team’s slug: of it or of a team below it is a service'),
    family: slug.optional().describe('A family’s slug'),
    state: z.enum(['open', 'resolved']).optional(),
    from: instant.optional().describe('Began at this time or later'),
    to: instant.optional().describe('Began before this time'),
  }),
  response: listOf(incidentSummary),
} as const satisfies Operation

export const createIncidentOperation = {
  id: 'createIncident',
  method: 'post',
  path: '/incidents',
  summary: 'Record an incident',
  permission: 'record incidents',
  body: newIncidentSchema,
  status: 201,
  response: incidentResource,
} as const satisfies Operation

export const getIncidentOperation = {
  id: 'getIncident',
  method: 'get',
  path: '/incidents/{key}',
  summary: 'One incident',
  permission: 'read',
  response: incidentResource,
} as const satisfies Operation

export const changeIncidentOperation = {
  id: 'changeIncident',
  method: 'patch',
  path: '/incidents/{key}',
  summary: 'Change what is given and leave the rest',
  permission: 'record incidents',
  body: incidentChangeSchema,
  response: incidentResource,
} as const satisfies Operation
