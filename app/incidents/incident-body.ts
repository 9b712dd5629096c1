/** What a form or the API may say about an incident: stricter than an import, since somebody is there to mend it. */
import { z } from 'zod'
import { email, isStorable, line } from '#app/identity/fields.ts'
import { parseInstant } from '#app/platform/parse-time.ts'
import { complaintAboutKey } from './keys.ts'
import { LIMITS } from './read-cells.ts'
import { DETECTORS, SEVERITIES } from './vocabulary.ts'

/** A time with its zone, as UTC. */
export const instant = z
  .string()
  .transform((text, context) => {
    const parsed = parseInstant(text)
    if (parsed.kind === 'instant') return parsed.iso
    context.addIssue({
      code: 'custom',
      message: parsed.kind === 'unset' ? 'Write a time, or null when it is not known.' : capital(parsed.why),
    })
    return z.NEVER
  })
  .describe('ISO 8601 with a zone')

const webAddress = z
  .string()
  .max(LIMITS.sourceUrl)
  .refine(
    text => /^https?:\/\//i.test(text) && URL.canParse(text) && isStorable(text),
    'Write an address that begins with https://',
  )

function longText(max: number) {
  return z
    .string()
    .max(max, `This is longer than ${max.toLocaleString('en-GB')} characters.`)
    .refine(isStorable, 'This has a character that cannot be stored.')
}

const facts = z.strictObject({
  title: line('a title', LIMITS.title),
  summary: longText(LIMITS.summary).optional().describe('What happened, in a few sentences'),
  severity: z.enum(SEVERITIES).nullable().optional(),
  startedAt: instant.nullable().optional(),
  detectedAt: instant.nullable().optional(),
  acknowledgedAt: instant.nullable().optional(),
  mitigatedAt: instant.nullable().optional(),
  resolvedAt: instant.nullable().optional(),
  detectedBy: z.enum(DETECTORS).nullable().optional(),
  customerImpact: z.boolean().nullable().optional(),
  impactNote: longText(LIMITS.impact).optional(),
  services: z
    .array(line('a service', LIMITS.name))
    .max(LIMITS.services)
    .optional()
    .describe('Names or slugs of services that exist'),
  family: line('a family', LIMITS.name)
    .nullable()
    .optional()
    .describe('A name or slug; an unknown one is made. Editors only'),
  incidentCommander: email.nullable().optional().describe('An e-mail address of somebody in People'),
  externalId: line('an external id', LIMITS.externalId).nullable().optional(),
  sourceUrl: webAddress.nullable().optional(),
})

export const newIncidentSchema = facts.extend({
  key: line('a key', 1_000)
    .refine(key => complaintAboutKey(key) === null, 'A key is one line of at most 200 characters.')
    .optional()
    .describe('The next INC- number when left out'),
})

export const incidentChangeSchema = facts.partial().extend({
  isOver: z.literal(true).optional().describe('It is over, and nobody knows since when; resolvedAt is null then'),
  severityReason: longText(LIMITS.reason)
    .optional()
    .describe('Why the severity is another one now; kept with the change'),
})

export type NewIncident = z.output<typeof newIncidentSchema>
export type IncidentChange = z.output<typeof incidentChangeSchema>

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
