/** What recording and changing an incident have in common: everything that it names must exist and fit together. */
import { type Actor, can } from '#app/identity/actor.ts'
import { invalid } from '#app/identity/fields.ts'
import { peopleByEmails } from '#app/identity/people.server.ts'
import { AppError, type FieldError } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import type { IncidentChange } from './incident-body.ts'
import { incidentRowsByExternalIds } from './incident-queries.server.ts'
import { disorderOf, MOMENTS, type Moments } from './moments.ts'
import type { IncidentInput } from './save-incidents.server.ts'
import { findServices } from './services.server.ts'

/**
 * The facts as they can be saved.
 * @param before the moments so far, over which the new ones are laid; and the incident's id, null for a new one.
 * @throws AppError invalid naming the fields; conflict when another incident has the external id.
 */
export async function checkFacts(
  { db, actor }: { db: Db; actor: Actor },
  facts: Partial<IncidentChange>,
  before: { id: string | null; moments: Moments },
): Promise<Omit<IncidentInput, 'key' | 'title'>> {
  const errors: FieldError[] = []
  const moments = { ...before.moments }
  for (const moment of MOMENTS) if (facts[moment] !== undefined) moments[moment] = facts[moment]
  for (const { moment, after } of disorderOf(moments))
    errors.push({ path: moment, message: `${moment} is before ${after}.` })

  const services = await findServices(db, facts.services ?? [])
  facts.services?.forEach((name, i) => {
    if (!services.has(name))
      errors.push({ path: `services.${i}`, message: `There is no service “${name}”; an administrator can add it.` })
  })
  if (facts.family !== undefined && !can(actor, 'edit the library'))
    errors.push({ path: 'family', message: 'Only editors say which family an incident belongs to.' })
  const { incidentCommander, ...rest } = facts
  let commanderId: string | null | undefined = incidentCommander === null ? null : undefined
  if (incidentCommander) {
    commanderId = (await peopleByEmails(db, [incidentCommander])).get(incidentCommander)?.id
    if (!commanderId)
      errors.push({ path: 'incidentCommander', message: `Nobody here has the address ${incidentCommander}.` })
  }
  if (errors.length > 0) throw invalid(errors)

  if (facts.externalId) {
    const [holder] = await incidentRowsByExternalIds(db, [facts.externalId])
    if (holder && holder.id !== before.id) {
      const message = `${holder.key} has this external id already.`
      throw new AppError('conflict', message, [{ path: 'externalId', message }])
    }
  }
  return { ...rest, services: facts.services?.map(name => services.get(name)!.name), commanderId }
}
