/** A person as this room's use-cases take and give them. Days are YYYY-MM-DD. */
import { z } from 'zod'
import { isDay } from '#app/platform/parse-time.ts'
import { email, line, timeZone } from './fields.ts'

export interface Leave {
  startsOn: string
  /** Null while nobody knows. */
  endsOn: string | null
}

export interface Person {
  id: string
  name: string
  email: string
  teamId: string | null
  managerId: string | null
  isEngineer: boolean
  startedOn: string | null
  leftOn: string | null
  timeZone: string | null
}

export const personName = line('a name', 200)

const day = z
  .string({ error: 'Write a date as YYYY-MM-DD.' })
  .refine(isDay, 'Write a date that exists, as YYYY-MM-DD.')
  .refine(text => text >= '1900-01-01' && text < '2200-01-01', 'Write a date between 1900 and 2199.')

export const personSchema = z
  .object({
    name: personName,
    email,
    /** A team's slug. */
    team: z.string().max(200).nullable(),
    managerEmail: email.nullable(),
    isEngineer: z.boolean({ error: 'Say yes or no.' }),
    startedOn: day.nullable(),
    leftOn: day.nullable(),
    timeZone: timeZone.nullable(),
    /** Null is a row of a form that was left empty. */
    leaves: z.array(z.object({ startsOn: day, endsOn: day.nullable() }).nullable()).max(200),
  })
  .superRefine((person, context) => {
    if (person.startedOn && person.leftOn && person.leftOn < person.startedOn)
      context.addIssue({ code: 'custom', path: ['leftOn'], message: 'The last day cannot be before the first.' })
    const isReversed = (leave: Leave) => leave.endsOn !== null && leave.endsOn < leave.startsOn
    for (const [at, leave] of person.leaves.entries()) {
      if (leave === null) continue
      const overlaps = person.leaves
        .slice(0, at)
        .some(other => other !== null && !isReversed(other) && overlap(leave, other))
      if (isReversed(leave))
        context.addIssue({
          code: 'custom',
          path: ['leaves', at, 'endsOn'],
          message: 'A leave cannot end before it begins.',
        })
      else if (overlaps)
        context.addIssue({
          code: 'custom',
          path: ['leaves', at, 'startsOn'],
          message: 'This leave overlaps another one.',
        })
    }
  })
  .transform(({ leaves, ...person }) => ({ ...person, leaves: leaves.filter(leave => leave !== null) }))

export type PersonInput = z.input<typeof personSchema>

/** Whether two leaves share a day. */
export function overlap(one: Leave, other: Leave): boolean {
  return (
    (one.endsOn === null || one.endsOn >= other.startsOn) && (other.endsOn === null || other.endsOn >= one.startsOn)
  )
}

/** A person of whom only the name and address are known. */
export function newcomer({ id, name, email }: { id: string; name: string; email: string }): Person {
  return {
    id,
    name,
    email,
    teamId: null,
    managerId: null,
    isEngineer: false,
    startedOn: null,
    leftOn: null,
    timeZone: null,
  }
}

/** How the audit trail names a person: for ever understandable, even after a change of either part. */
export function nameWithEmail({ name, email }: { name: string; email: string }): string {
  return `${name} <${email}>`
}
