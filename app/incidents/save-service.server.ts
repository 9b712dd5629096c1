import { z } from 'zod'
import { type Actor, demand } from '#app/identity/actor.ts'
import { check, line } from '#app/identity/fields.ts'
import { difference, recordAudit } from '#app/identity/record-audit.server.ts'
import { listTeams, type Team } from '#app/identity/teams.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { announce } from '#app/platform/events.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import './incident-events.ts'
import { NAME_LIMIT, slugOfName, tidyName } from './names.server.ts'
import { allServices, insertServices, ownServices, updateService } from './service-queries.server.ts'
import { ROOM_LOCK, type Service } from './services.server.ts'

const name = line('the service’s name', NAME_LIMIT)
  .transform(tidyName)
  .refine(text => !/[;|]/.test(text), 'A name has no ; and no |: they separate services in imports.')

const serviceSchema = z.object({ name, teamId: z.string().max(100).nullable() })

/**
 * Adds a service (`slug` null), or renames one or gives it to another team. Its slug stays what it was when it is
 * renamed, so that addresses and imports under the old name still find it.
 * @throws AppError invalid naming `name` or `teamId`, conflict when another service is called so, not-found.
 */
export async function saveService(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { slug, ...given }: { slug: string | null; name?: string; teamId?: string | null },
): Promise<Service> {
  demand(actor, 'administer')
  return inTransaction(db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    const services = await allServices(tx)
    const before = services.find(service => service.slug === slug)
    if (slug !== null && !before) throw notFound('This service')
    const input = check(serviceSchema, {
      name: given.name ?? before?.name,
      teamId: given.teamId === undefined ? (before?.teamId ?? null) : given.teamId,
    })
    const teams = await listTeams(tx)
    if (input.teamId !== null && !teams.some(team => team.id === input.teamId))
      throw invalidField('teamId', 'Choose a team from the list.')
    const wanted = slugOfName(input.name)
    const namesake = services.find(one => one !== before && (one.slug === wanted || slugOfName(one.name) === wanted))
    // Named so far only by a public incident: it becomes one's own.
    const adopted = !before && namesake?.isExternal ? namesake : undefined
    if (namesake && !adopted) {
      const message = `There is a service called “${namesake.name}” already.`
      throw new AppError('conflict', message, [{ path: 'name', message }])
    }
    const service: Service = {
      id: (before ?? adopted)?.id ?? newId(),
      slug: (before ?? adopted)?.slug ?? wanted,
      ...input,
    }
    if (adopted) await ownServices(tx, [adopted.id])
    if (before || adopted) await updateService(tx, service.id, input)
    else
      await insertServices(tx, [
        {
          id: service.id,
          slug: service.slug,
          name: service.name,
          team_id: service.teamId,
          is_external: 0,
          created_at: isoNow(clock),
        },
      ])
    const changes = before
      ? difference(inWords(before, teams), inWords(service, teams))
      : { after: inWords(service, teams) }
    if (changes)
      await recordAudit(
        tx,
        { actor, clock },
        { act: before ? 'service.changed' : 'service.created', subject: service.name, ...changes },
      )
    if ((before && changes) || adopted) await announce(tx, 'services.changed', { serviceId: service.id })
    return service
  })
}

function inWords(service: Service, teams: Team[]): { name: string; team: string | null } {
  return { name: service.name, team: teams.find(team => team.id === service.teamId)?.name ?? null }
}
