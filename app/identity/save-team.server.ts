import { z } from 'zod'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { invalidField, notFound } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import { firstFree, slugify } from '#app/platform/slug.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { type Actor, demand } from './actor.ts'
import { check } from './fields.ts'
import { onCycles } from './manager-tree.ts'
import { difference, recordAudit } from './record-audit.server.ts'
import { teamKey, teamName } from './team.ts'
import { allTeams, insertTeam, type Team, updateTeam } from './team-queries.server.ts'

const teamSchema = z.object({
  name: teamName,
  /** The slug of the team above. */
  parent: z.string().max(200).nullable(),
})

export type TeamInput = z.input<typeof teamSchema>

/**
 * Adds a team (`slug` null) or changes one. Its address stays what it was when the team is renamed.
 * @throws AppError invalid naming `name` or `parent`.
 */
export async function saveTeam(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  { slug, ...given }: TeamInput & { slug: string | null },
): Promise<Team> {
  demand(actor, 'administer')
  const input = check(teamSchema, given)
  return inTransaction(db, async tx => {
    await lockFor(tx, 'people')
    const teams = await allTeams(tx)
    const before = teams.find(team => team.slug === slug)
    if (slug !== null && !before) throw notFound('This team')
    if (teams.some(team => team !== before && teamKey(team.name) === teamKey(input.name)))
      throw invalidField('name', 'There is a team of this name already.')
    const team: Team = {
      id: before?.id ?? newId(),
      slug: before?.slug ?? firstFree(slugify(input.name), new Set(teams.map(one => one.slug))),
      name: input.name,
      parentId: parentOf(teams, before, input.parent),
    }
    if (before) await updateTeam(tx, team)
    else await insertTeam(tx, team, isoNow(clock))
    const inWords = (one: Team) => ({
      name: one.name,
      parent: teams.find(parent => parent.id === one.parentId)?.name ?? null,
    })
    const changes = before ? difference(inWords(before), inWords(team)) : { after: inWords(team) }
    if (changes)
      await recordAudit(
        tx,
        { actor, clock },
        { act: before ? 'team.changed' : 'team.created', subject: team.name, ...changes },
      )
    return team
  })
}

function parentOf(teams: readonly Team[], team: Team | undefined, slug: string | null): string | null {
  if (slug === null) return null
  const parent = teams.find(one => one.slug === slug)
  if (!parent) throw invalidField('parent', 'Choose a team from the list.')
  const parents = new Map(teams.map(one => [one.id, one.parentId]))
  if (team && onCycles(parents.set(team.id, parent.id)).has(team.id))
    throw invalidField('parent', 'A team cannot be below itself.')
  return parent.id
}
