/** Rows of the participation room. */
export interface ParticipationTables {
  participation_months: {
    /** 2026-07 */
    month: string
    frozen_at: string
    /** JSON of what is shown of the month; the room's MonthFigures. */
    figures: string
  }
  /** Who said that they would like to lead. Nobody else puts them here. */
  lead_volunteers: { person_id: string; note: string; since: string }
  shadow_turns: {
    id: string
    volunteer_id: string
    lead_id: string
    /** offered, agreed, done, declined or withdrawn. */
    state: string
    note: string
    created_at: string
    changed_at: string
  }
}
