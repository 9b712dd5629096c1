import type { Db } from '#db/index.server.ts'

export interface Team {
  id: string
  slug: string
  name: string
  parentId: string | null
}

const columns = ['id', 'slug', 'name', 'parent_id as parentId'] as const

/** Every team, in the order of their names. */
export function allTeams(db: Db): Promise<Team[]> {
  return db.selectFrom('teams').select(columns).orderBy('name').orderBy('id').execute()
}

export function teamById(db: Db, id: string): Promise<Team | undefined> {
  return db.selectFrom('teams').select(columns).where('id', '=', id).executeTakeFirst()
}

/** How many people each team has who had not left by `day`. */
export async function teamSizes(db: Db, day: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('people')
    .where('team_id', 'is not', null)
    .where(where => where.or([where('left_on', 'is', null), where('left_on', '>', day)]))
    .select(['team_id', db.fn.countAll<number>().as('n')])
    .groupBy('team_id')
    .execute()
  return new Map(rows.map(row => [row.team_id as string, Number(row.n)]))
}

export async function insertTeam(db: Db, team: Team, now: string): Promise<void> {
  await db
    .insertInto('teams')
    .values({ id: team.id, slug: team.slug, name: team.name, parent_id: team.parentId, created_at: now })
    .execute()
}

export async function updateTeam(db: Db, team: Team): Promise<void> {
  await db.updateTable('teams').set({ name: team.name, parent_id: team.parentId }).where('id', '=', team.id).execute()
}
