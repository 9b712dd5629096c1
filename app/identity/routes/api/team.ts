import { handle, serve } from '#app/http/api.server.ts'
import { changeTeamOperation, getTeamOperation } from '#app/identity/api.ts'
import { listTeamTree } from '#app/identity/list-teams.server.ts'
import { resourcesOfTeams } from '#app/identity/resources.server.ts'
import { saveTeam } from '#app/identity/save-team.server.ts'
import { notFound } from '#app/platform/errors.ts'

type Context = Parameters<typeof listTeamTree>[0]

async function teamAt(context: Context, slug: string | undefined) {
  const team = resourcesOfTeams(await listTeamTree(context)).find(one => one.slug === slug)
  if (!team) throw notFound('This team')
  return team
}

const api = serve(
  handle(getTeamOperation, ({ db, clock, actor, params }) => teamAt({ db, clock, actor }, params.slug)),
  handle(changeTeamOperation, async ({ db, clock, actor, params, body }) => {
    const context = { db, clock, actor }
    const { name, parent, slug } = await teamAt(context, params.slug)
    await saveTeam(context, { name, parent, ...body, slug })
    return teamAt(context, slug)
  }),
)

export const loader = api.loader
export const action = api.action
