/** Closes a forum: what was said becomes its record, its proposals wait for owners, and who attended is kept. */
import { daysOffOf } from '#app/identity/settings.server.ts'
import { incidentsByIds } from '#app/incidents/incidents.server.ts'
import { servicesByIds } from '#app/incidents/services.server.ts'
import { dayAt } from '#app/measure/period.ts'
import { notFound } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import type { Tx } from '#db/index.server.ts'
import { minutesOf } from './agenda.ts'
import { type ItemRow, itemsOf, removeSuggestionsFor, updateItem } from './agenda-queries.server.ts'
import { forumById, updateForum } from './forum-queries.server.ts'
import type { Harvest, HarvestedItem } from './harvest.ts'
import { harvestLive } from './harvest-live.server.ts'
import type { LiveClock } from './live-clock.ts'
import { attendersOf, putAttendance } from './people-queries.server.ts'
import { DAYS_TO_CONFIRM, type ForumRecord, type ItemRecord } from './record.ts'
import { insertFollowUps, insertItemTeams, insertItemThemes, insertRecord } from './record-queries.server.ts'
import { workingDaysAfter } from './working-days.ts'

/** For the live board's last command, inside its transaction. @throws AppError not-found. */
export async function closeForum(
  tx: Tx,
  { forumId, clock, now }: { forumId: string; clock: LiveClock; now: number },
): Promise<void> {
  await keepRecord(tx, { forumId, harvest: await harvestLive(tx, forumId, clock), now })
}

/** The same for what was said elsewhere. @throws AppError not-found. */
export async function keepRecord(
  tx: Tx,
  { forumId, harvest, now }: { forumId: string; harvest: Harvest; now: number },
): Promise<void> {
  const forum = await forumById(tx, forumId)
  if (!forum) throw notFound('This forum')
  const at = new Date(now).toISOString()
  const rows = await itemsOf(tx, [forumId])
  const said = new Map(harvest.items.map(item => [item.itemId, item]))
  const discussed = rows.filter(row => said.get(row.id)?.wasDiscussed)
  const themes = new Set((await listThemes(tx)).map(theme => theme.id))
  for (const row of rows) await settleItem(tx, row, said.get(row.id))
  const record: ForumRecord = {
    items: rows.map(row => itemRecord(row, said.get(row.id))),
    patterns: harvest.patterns,
    parkingLot: harvest.parkingLot,
  }
  await updateForum(tx, forumId, { state: 'closed', closed_at: at, updated_at: at })
  await putAttendance(tx, forumId, harvest.attended)
  await insertRecord(tx, {
    forum_id: forumId,
    record: JSON.stringify(record),
    attended: (await attendersOf(tx, [forumId])).length,
    confirm_by: workingDaysAfter(dayAt(now, forum.time_zone), DAYS_TO_CONFIRM, await daysOffOf(tx)),
    built_at: at,
  })
  await insertItemThemes(
    tx,
    discussed.flatMap(row =>
      said
        .get(row.id)!
        .themes.filter(({ themeId }) => themes.has(themeId))
        .map(({ themeId, votes }) => ({ item_id: row.id, theme_id: themeId, votes })),
    ),
  )
  await insertItemTeams(tx, await teamsOf(tx, discussed))
  await insertFollowUps(tx, followUpsIn(forumId, rows, harvest))
  await removeSuggestionsFor(
    tx,
    discussed.flatMap(row => row.incident_id ?? []),
  )
}

async function settleItem(tx: Tx, row: ItemRow, said: HarvestedItem | undefined): Promise<void> {
  const isDiscussed = said?.wasDiscussed ?? false
  await updateItem(tx, row.id, {
    state: isDiscussed ? 'discussed' : 'skipped',
    spent_seconds: isDiscussed ? said!.spentSeconds : null,
  })
}

function itemRecord(row: ItemRow, said: HarvestedItem | undefined): ItemRecord {
  return {
    itemId: row.id,
    plannedSeconds: 60 * plannedMinutes(row),
    spentSeconds: said?.wasDiscussed ? said.spentSeconds : null,
    notes: said?.notes ?? [],
    factors: said?.factors ?? [],
    themes: said?.themes ?? [],
  }
}

export function plannedMinutes(row: ItemRow): number {
  return minutesOf({ context: row.context_minutes, discussion: row.discussion_minutes, capture: row.capture_minutes })
}

function followUpsIn(forumId: string, rows: readonly ItemRow[], harvest: Harvest) {
  const said = new Map(harvest.items.map(item => [item.itemId, item]))
  const all = [
    ...rows.flatMap(row =>
      (said.get(row.id)?.proposals ?? []).map(one => ({ ...one, itemId: row.id as string | null })),
    ),
    ...harvest.proposals.map(one => ({ ...one, itemId: null })),
  ]
  return all.map(({ text, kind, ownerId, itemId }, position) => ({
    id: newId(),
    forum_id: forumId,
    item_id: itemId,
    position,
    text,
    kind,
    suggested_owner_id: ownerId,
    state: 'proposed',
    reason: null,
    action_id: null,
    decided_by: null,
    decided_at: null,
  }))
}

/** The teams whose services the items were about. */
async function teamsOf(tx: Tx, rows: readonly ItemRow[]) {
  const incidents = await incidentsByIds(
    tx,
    rows.flatMap(row => row.incident_id ?? []),
  )
  const services = await servicesByIds(tx, [
    ...new Set([...incidents.values()].flatMap(incident => incident.services.map(service => service.id))),
  ])
  return rows.flatMap(row => {
    const own = row.incident_id === null ? undefined : incidents.get(row.incident_id)
    const teams = new Set((own?.services ?? []).flatMap(service => services.get(service.id)?.teamId ?? []))
    return [...teams].map(teamId => ({ item_id: row.id, team_id: teamId }))
  })
}
