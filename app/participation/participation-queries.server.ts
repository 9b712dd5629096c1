/** All that the participation room asks of its tables. */
import type { Db } from '#db/index.server.ts'

export interface FrozenMonth {
  /** 2026-07 */
  month: string
  frozenAt: string
  figures: string
}

/** The frozen months from one on, oldest first. */
export function frozenMonths(db: Db, from: string): Promise<FrozenMonth[]> {
  return db
    .selectFrom('participation_months')
    .select(['month', 'frozen_at as frozenAt', 'figures'])
    .where('month', '>=', from)
    .orderBy('month')
    .execute()
}

/** Keeps a month; one that is kept already stays as it is. */
export async function freezeMonth(db: Db, { month, frozenAt, figures }: FrozenMonth): Promise<void> {
  await db
    .insertInto('participation_months')
    .values({ month, frozen_at: frozenAt, figures })
    .onConflict(conflict => conflict.column('month').doNothing())
    .execute()
}

export interface VolunteerRow {
  personId: string
  note: string
  since: string
}

/** Those who would like to lead, longest waiting first. */
export function volunteerRows(db: Db, limit: number): Promise<VolunteerRow[]> {
  return db
    .selectFrom('lead_volunteers')
    .select(['person_id as personId', 'note', 'since'])
    .orderBy('since')
    .orderBy('person_id')
    .limit(limit)
    .execute()
}

export async function isVolunteer(db: Db, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('lead_volunteers')
    .select('person_id')
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row !== undefined
}

export async function putVolunteer(db: Db, { personId, note, since }: VolunteerRow): Promise<void> {
  await db
    .insertInto('lead_volunteers')
    .values({ person_id: personId, note, since })
    .onConflict(conflict => conflict.column('person_id').doUpdateSet({ note }))
    .execute()
}

export async function removeVolunteer(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('lead_volunteers').where('person_id', '=', personId).execute()
}

export interface TurnRow {
  id: string
  volunteerId: string
  leadId: string
  state: string
  note: string
  createdAt: string
  changedAt: string
}

const turnColumns = [
  'id',
  'volunteer_id as volunteerId',
  'lead_id as leadId',
  'state',
  'note',
  'created_at as createdAt',
  'changed_at as changedAt',
] as const

/** The shadow turns of one person, on either side, in these states, latest first. */
export function turnsOf(db: Db, personId: string, states: readonly string[], limit: number): Promise<TurnRow[]> {
  return db
    .selectFrom('shadow_turns')
    .select(turnColumns)
    .where(where => where.or([where('volunteer_id', '=', personId), where('lead_id', '=', personId)]))
    .where('state', 'in', states)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export function turnById(db: Db, id: string): Promise<TurnRow | undefined> {
  return db.selectFrom('shadow_turns').select(turnColumns).where('id', '=', id).executeTakeFirst()
}

export async function insertTurn(db: Db, turn: TurnRow): Promise<void> {
  await db
    .insertInto('shadow_turns')
    .values({
      id: turn.id,
      volunteer_id: turn.volunteerId,
      lead_id: turn.leadId,
      state: turn.state,
      note: turn.note,
      created_at: turn.createdAt,
      changed_at: turn.changedAt,
    })
    .execute()
}

/** @returns whether the turn was still in the state from which it goes on. */
export async function moveTurn(db: Db, id: string, from: string, to: string, changedAt: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('shadow_turns')
    .set({ state: to, changed_at: changedAt })
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
