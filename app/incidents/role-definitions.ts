/** The roles in an incident and who does what: the shape of `content/roles.yaml`. */
import { z } from 'zod'
import { INVOLVEMENTS, type Involvement } from './involvements.ts'
import { INCIDENT_ROLES, type IncidentRole } from './vocabulary.ts'

const sentence = z.string().trim().min(1).max(400)

const byRole = z.strictObject(
  Object.fromEntries(INCIDENT_ROLES.map(role => [role, z.enum(INVOLVEMENTS)])) as Record<
    IncidentRole,
    z.ZodEnum<{ [K in Involvement]: K }>
  >,
)

const activitySchema = z
  .strictObject({ activity: sentence, who: byRole })
  .refine(({ who }) => Object.values(who).filter(one => one.startsWith('A')).length === 1, {
    message: 'Exactly one role is accountable for an activity.',
    path: ['who'],
  })
  .refine(({ who }) => Object.values(who).some(one => one.endsWith('R')), {
    message: 'Somebody is responsible for an activity.',
    path: ['who'],
  })

export const roleDefinitionsSchema = z.strictObject({
  roles: z
    .array(z.strictObject({ role: z.enum(INCIDENT_ROLES), purpose: sentence, duties: z.array(sentence).min(1).max(8) }))
    .refine(
      list => list.map(one => one.role).join() === INCIDENT_ROLES.join(),
      `Define ${INCIDENT_ROLES.join(', ')}, each once and in this order.`,
    ),
  activities: z.array(activitySchema).min(1).max(20),
})

export type RoleDefinitions = z.infer<typeof roleDefinitionsSchema>
