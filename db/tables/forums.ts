/** Rows of the forums room. */
export interface ForumsTables {
  forum_series: {
    id: string
    title: string
    /** JSON of the room's Rule. */
    rule: string
    time_zone: string
    /** HH:MM on the clocks of the time zone. */
    starts_at_wall: string
    minutes: number
    place: string
    call_url: string
    /** JSON list of ids of people who facilitate in turn. */
    rota: string
    /** The day from which on the rule counts. */
    first_on: string
    created_at: string
    updated_at: string
    ended_at: string | null
  }
  /** Days of a series on which there is no forum, and why. */
  forum_exceptions: { series_id: string; occurs_on: string; reason: string }
  forums: {
    id: string
    series_id: string | null
    /** The day that the series' rule names; stays when the forum is moved. */
    occurs_on: string | null
    title: string
    /** scheduled, ready, live, closed or cancelled. */
    state: string
    starts_at: string
    time_zone: string
    minutes: number
    place: string
    call_url: string
    facilitator_id: string | null
    cofacilitator_id: string | null
    note_taker_id: string | null
    opening_minutes: number
    patterns_minutes: number
    buffer_minutes: number
    /** Of its calendar entry (RFC 5545): counted up when what that says changes. */
    sequence: number
    /** The sequence that has been mailed to everybody; null before the first invitation. */
    invited_sequence: number | null
    closed_at: string | null
    cancelled_reason: string | null
    presence_erased_at: string | null
    created_at: string
    updated_at: string
  }
  forum_items: {
    id: string
    forum_id: string
    position: number
    incident_id: string | null
    postmortem_id: string | null
    title: string
    presenter_id: string | null
    context_minutes: number
    discussion_minutes: number
    capture_minutes: number
    /** planned, discussed or skipped. */
    state: string
    added_by: string | null
    /** Why it is on the agenda. */
    reason: string
    /** How long it took; null until the forum has closed, and for what was skipped. */
    spent_seconds: number | null
  }
  /** Incidents that somebody would like a forum to discuss. */
  forum_suggestions: { incident_id: string; person_id: string; why: string; at: string }
  /** The latest calendar entry that each person was sent. */
  forum_invitations: { forum_id: string; person_id: string; sequence: number; sent_at: string }
  /** Who said that they have read what comes before; only ever counted. */
  forum_reads: { forum_id: string; person_id: string }
  /** Who attended; how is 'present' or 'checked-in'. */
  forum_attendance: { forum_id: string; person_id: string; how: string }
  forum_feeds: { person_id: string; secret_hash: string; created_at: string }
  forum_records: {
    forum_id: string
    /** JSON of the room's ForumRecord. */
    record: string
    attended: number
    /** The last day on which proposals are to be confirmed. */
    confirm_by: string
    built_at: string
  }
  forum_item_themes: { item_id: string; theme_id: string; votes: number }
  /** The teams whose services an item was about. */
  forum_item_teams: { item_id: string; team_id: string }
  /** Action proposals of closed forums, and what became of them. */
  forum_follow_ups: {
    id: string
    forum_id: string
    item_id: string | null
    position: number
    text: string
    suggested_owner_id: string | null
    /** proposed, confirmed or dropped. */
    state: string
    reason: string | null
    action_id: string | null
    decided_by: string | null
    decided_at: string | null
  }
}
