/** A small house for these tests: an editor, a clock that can be set, postmortems that carry themes. */
import type { Actor, Role } from '#app/identity/actor.ts'
import { newId } from '#app/platform/ids.server.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import type { Db } from '#db/index.server.ts'

export const clock = { time: Date.parse('2026-11-23T10:00:00Z'), now: () => clock.time }

export function actor(role: Role = 'editor'): Actor {
  return {
    accountId: newId(),
    personId: newId(),
    name: 'Ada Okafor',
    email: 'ada@example.org',
    role,
    timeZone: 'UTC',
    via: 'session',
  }
}

export async function themeIds(db: Db): Promise<Map<string, string>> {
  return new Map((await listThemes(db)).map(theme => [theme.slug, theme.id]))
}

interface Planted {
  status?: string
  restricted?: boolean
  archived?: boolean
  publishedAt?: string | null
  themes?: string[]
  /** The themes of each factor. */
  factors?: string[][]
  suggestions?: { theme: string; dismissed?: boolean }[]
  services?: string[]
  actions?: { title: string; state: string; due_on?: string | null }[]
  title?: string
}

/** Puts a postmortem into the tables as it is; themes and services by id. */
export async function plantPostmortem(
  db: Db,
  planted: Planted = {},
): Promise<{ id: string; slug: string; factors: string[] }> {
  const id = newId()
  const now = new Date(clock.now()).toISOString()
  const texts = {
    highlights: '[]',
    summary: 's',
    impact: '',
    went_well: '',
    lucky: '',
    lessons: '',
    prevention: '',
    detection: '',
    body: '',
    timeline: '[]',
  }
  await db
    .insertInto('postmortems')
    .values({
      ...texts,
      id,
      slug: id,
      title: planted.title ?? `Postmortem ${id}`,
      status: planted.status ?? 'published',
      incident_id: null,
      external_id: null,
      source_url: null,
      severity: null,
      started_at: null,
      detected_at: null,
      acknowledged_at: null,
      mitigated_at: null,
      resolved_at: null,
      detected_by: null,
      customer_impact: null,
      is_public: 0,
      is_restricted: planted.restricted ? 1 : 0,
      restricted_reason: null,
      published_at: planted.publishedAt === undefined ? now : planted.publishedAt,
      archived_at: planted.archived ? now : null,
      import_hash: null,
      revision: 1,
      words: 400,
      created_by: null,
      created_at: now,
      updated_at: now,
    })
    .execute()
  for (const theme_id of planted.themes ?? [])
    await db.insertInto('postmortem_themes').values({ postmortem_id: id, theme_id }).execute()
  const factors: string[] = []
  for (const [position, themes] of (planted.factors ?? []).entries()) {
    const factorId = newId()
    factors.push(factorId)
    await db
      .insertInto('factors')
      .values({ id: factorId, postmortem_id: id, position, text: 'f', whys: '[]' })
      .execute()
    for (const theme_id of themes)
      await db.insertInto('factor_themes').values({ factor_id: factorId, theme_id }).execute()
  }
  for (const { theme, dismissed } of planted.suggestions ?? [])
    await db
      .insertInto('theme_suggestions')
      .values({ postmortem_id: id, theme_id: theme, reason: `mentions ${theme}`, dismissed_at: dismissed ? now : null })
      .execute()
  for (const [position, service_id] of (planted.services ?? []).entries())
    await db.insertInto('postmortem_services').values({ postmortem_id: id, service_id, position }).execute()
  for (const [position, action] of (planted.actions ?? []).entries())
    await db
      .insertInto('action_items')
      .values({
        id: newId(),
        postmortem_id: id,
        incident_id: null,
        position,
        kind: null,
        owner_id: null,
        owner_text: null,
        created_on: null,
        due_on: null,
        closed_on: null,
        drop_reason: null,
        external_id: null,
        created_at: now,
        updated_at: now,
        ...action,
      })
      .execute()
  return { id, slug: id, factors }
}
