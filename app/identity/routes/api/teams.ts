import { handle, offsetCursor, serve } from '#app/http/api.server.ts'
import { createTeamOperation, listTeamsOperation } from '#app/identity/api.ts'
import { listTeamTree } from '#app/identity/list-teams.server.ts'
import { resourcesOfTeams } from '#app/identity/resources.server.ts'
import { saveTeam } from '#app/identity/save-team.server.ts'

const api = serve(
  handle(listTeamsOperation, async ({ db, clock, actor, query: { cursor, limit } }) => {
    const teams = resourcesOfTeams(await listTeamTree({ db, clock, actor }))
    const offset = offsetCursor.read(cursor)
    const end = offset + limit
    return {
      items: teams.slice(offset, end),
      total: teams.length,
      nextCursor: end < teams.length ? offsetCursor.write(end) : null,
    }
  }),
  handle(createTeamOperation, async ({ db, clock, actor, body }) => {
    const context = { db, clock, actor }
    const { slug } = await saveTeam(context, { slug: null, name: body.name, parent: body.parent ?? null })
    return resourcesOfTeams(await listTeamTree(context)).find(team => team.slug === slug)
  }),
)

export const loader = api.loader
export const action = api.action
