/** The record of a closed forum as a person may read it, and what became of its proposals. */
import { peopleByIds } from '#app/identity/people.server.ts'
import { dayAt } from '#app/measure/period.ts'
import type { Clock } from '#app/platform/clock.ts'
import { actionsByIds } from '#app/postmortems/find-action-item.server.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import type { Db } from '#db/index.server.ts'
import type { Phase } from './harvest.ts'
import type { ForumRecord } from './record.ts'
import { followUpsOf, recordOf } from './record-queries.server.ts'
import type { ForumView } from './view-forum.server.ts'

export interface FollowUp {
  id: string
  itemId: string | null
  text: string
  kind: string | null
  state: string
  reason: string | null
  suggestedOwner: { name: string; email: string } | null
  /** What it became; null where the action item is gone, or not there yet. */
  action: { id: string; state: string; dueOn: string | null; owner: string | null } | null
}

export interface RecordedItem {
  itemId: string
  title: string
  incidentKey: string | null
  postmortem: { slug: string; title: string } | null
  wasDiscussed: boolean
  plannedSeconds: number
  spentSeconds: number | null
  notes: { phase: Phase; text: string }[]
  factors: string[]
  themes: { slug: string; name: string; votes: number }[]
  followUps: FollowUp[]
}

export interface RecordView {
  items: RecordedItem[]
  patterns: string[]
  parkingLot: string[]
  /** Of the whole forum. */
  followUps: FollowUp[]
  attended: number
  plannedSeconds: number
  spentSeconds: number
  /** The last day on which owners and dates are to be confirmed. */
  confirmBy: string
  isLate: boolean
  waiting: number
}

/** Null for a forum that has not been closed. @param view the forum as this person sees it. */
export async function viewRecord({ db, clock }: { db: Db; clock: Clock }, view: ForumView): Promise<RecordView | null> {
  const row = await recordOf(db, view.id)
  if (!row) return null
  const record = JSON.parse(row.record) as ForumRecord
  const [themes, rows] = await Promise.all([listThemes(db), followUpsOf(db, view.id)])
  const [people, actions] = await Promise.all([
    peopleByIds(
      db,
      rows.flatMap(one => one.suggested_owner_id ?? []),
    ),
    actionsByIds(
      db,
      rows.flatMap(one => one.action_id ?? []),
    ),
  ])
  const themeById = new Map(themes.map(theme => [theme.id, theme]))
  const followUps = rows.map((one): FollowUp => {
    const owner = people.get(one.suggested_owner_id ?? '')
    const action = actions.get(one.action_id ?? '')
    return {
      id: one.id,
      itemId: one.item_id,
      text: one.text,
      kind: one.kind,
      state: one.state,
      reason: one.reason,
      suggestedOwner: owner ? { name: owner.name, email: owner.email } : null,
      action: action
        ? { id: action.id, state: action.facts.state, dueOn: action.facts.dueOn, owner: action.ownerName }
        : null,
    }
  })
  const items = record.items.map((item): RecordedItem => {
    const shown = view.items.find(one => one.id === item.itemId)
    return {
      itemId: item.itemId,
      title: shown?.title ?? 'No longer in Candor',
      incidentKey: shown?.incident?.key ?? null,
      postmortem: shown?.postmortem ? { slug: shown.postmortem.slug, title: shown.postmortem.title } : null,
      wasDiscussed: item.spentSeconds !== null,
      plannedSeconds: item.plannedSeconds,
      spentSeconds: item.spentSeconds,
      notes: item.notes,
      factors: item.factors,
      themes: item.themes
        .flatMap(({ themeId, votes }) => {
          const theme = themeById.get(themeId)
          return theme ? [{ slug: theme.slug, name: theme.name, votes }] : []
        })
        .sort((a, b) => b.votes - a.votes || (a.name < b.name ? -1 : 1)),
      followUps: followUps.filter(one => one.itemId === item.itemId),
    }
  })
  const discussed = items.filter(item => item.wasDiscussed)
  const waiting = followUps.filter(one => one.state === 'proposed').length
  return {
    items,
    patterns: record.patterns,
    parkingLot: record.parkingLot,
    followUps: followUps.filter(one => one.itemId === null),
    attended: row.attended,
    plannedSeconds: discussed.reduce((sum, item) => sum + item.plannedSeconds, 0),
    spentSeconds: discussed.reduce((sum, item) => sum + (item.spentSeconds ?? 0), 0),
    confirmBy: row.confirm_by,
    isLate: waiting > 0 && dayAt(clock.now(), view.timeZone) > row.confirm_by,
    waiting,
  }
}
