/** What an administrator writes into a plan; checked before anything is kept. */
import { z } from 'zod'
import { line } from '#app/identity/fields.ts'
import { COLLECTING_DAYS, LEAST_COLLECTING_MS, LEAST_K } from '../wave.ts'

const ids = z.array(z.string().max(100)).max(20_000)
const moment = z.iso.datetime({ error: 'Write a day and a time.' })

export const REPEATS = [3, 6, 12] as const

export const planSchema = z
  .object({
    title: line('what this wave is called', 120),
    questionnaire: z.object(
      { id: z.string().min(1).max(80), version: z.number().int().min(1) },
      { error: 'Choose a questionnaire.' },
    ),
    languages: z
      .array(z.string().regex(/^[a-z]{2}$/))
      .min(1, 'Choose at least one language.')
      .max(50),
    collectingFrom: moment,
    answeringFrom: moment,
    closesAt: moment,
    teamIds: ids,
    personIds: ids,
    grouping: z.literal('team', { error: 'Choose from the list.' }).nullable(),
    k: z
      .number({ error: 'Write a whole number.' })
      .int('Write a whole number.')
      .min(LEAST_K, `At least ${LEAST_K}.`)
      .max(1_000, 'At most 1,000.'),
    stewardIds: ids.max(20, 'Name at most 20 stewards.'),
    isStrict: z.boolean(),
    isKiosk: z.boolean(),
    repeatMonths: z
      .union(
        REPEATS.map(months => z.literal(months)),
        { error: 'Choose from the list.' },
      )
      .nullable(),
    listSalt: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  })
  .superRefine(({ collectingFrom, answeringFrom, closesAt, teamIds, personIds }, context) => {
    const complain = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (Date.parse(answeringFrom) - Date.parse(collectingFrom) < LEAST_COLLECTING_MS)
      complain(
        'answeringFrom',
        `Answering begins at least ${COLLECTING_DAYS} days after collecting, so that the two moments say nothing about each other.`,
      )
    if (Date.parse(closesAt) <= Date.parse(answeringFrom)) complain('closesAt', 'It closes after answering has begun.')
    if (teamIds.length + personIds.length === 0)
      complain('teams', 'Invite at least one team, or people by their address.')
  })

export type PlanInput = z.input<typeof planSchema>
