/** Severities by business impact, each with the response it triggers: the shape of `content/severities.yaml`. */
import { z } from 'zod'
import { SEVERITIES } from './vocabulary.ts'

const sentence = z.string().trim().min(1).max(1_000)

export const severityDefinitionSchema = z.strictObject({
  code: z.enum(SEVERITIES),
  name: z.string().trim().min(1).max(40),
  definition: sentence,
  examples: z.array(sentence).min(1).max(12),
  response: z.array(sentence).min(1).max(12),
  update_every_minutes: z.number().int().min(1).max(10_080),
  postmortem: z.enum(['required', 'expected', 'optional']),
})

/** All four, most serious first. */
export const severityDefinitionsSchema = z
  .array(severityDefinitionSchema)
  .refine(
    list => list.map(one => one.code).join() === SEVERITIES.join(),
    `Define ${SEVERITIES.join(', ')}, each once and in this order.`,
  )

export type SeverityDefinition = z.infer<typeof severityDefinitionSchema>
