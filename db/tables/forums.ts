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
    /** JSON of the room's Audience; null invites everybody. */
    audience: string | null
  }
  /** Days of a series that are otherwise than its rule and the organisation's days off say. */
  forum_exceptions: {
    series_id: string
    occurs_on: string
    /** Why there is no forum. */
    reason: string
    /** 1 where there is one although the organisation has that day off. */
    is_held: number
  }
  forums: {
    id: string
    series_id: string | null
    /** The day that the series' rule names; stays when the forum is moved. */
    occurs_on: string | null
    /** 1 once somebody moved, edited or called off this one: it no longer follows its series. */
    stands_apart: number
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
  /** Whether those who came were asked about a closed forum: in a wave, or why not. Decided once. */
  forum_feedback: { forum_id: string; wave_id: string | null; why_not: string | null; decided_at: string }
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
    /** prevent, detect, mitigate or process; null where nobody said. */
    kind: string | null
    suggested_owner_id: string | null
    /** proposed, confirmed or dropped. */
    state: string
    reason: string | null
    action_id: string | null
    decided_by: string | null
    decided_at: string | null
  }
}

/** What a live forum writes. */
export interface LiveTables {
  forum_live: {
    forum_id: string
    revision: number
    /** The revision of the last change of clock, agenda or facilitator. */
    clock_revision: number
    /** Counted up when the facilitation passes on. */
    epoch: number
    facilitator_id: string | null
    offered_to_id: string | null
    facilitator_seen_at: string
    /** Null in opening and patterns. */
    item_id: string | null
    phase: string
    /** While it runs. */
    ends_at: string | null
    /** While it is paused; below zero in overtime. */
    remaining_ms: number | null
    /** JSON of the room's LiveClock. */
    clock: string
    /** JSON list of HMACs of those who ask for more time in this phase. */
    time_votes: string
    started_at: string
    finished_at: string | null
  }
  /** One for each revision, in the same transaction. */
  forum_events: {
    forum_id: string
    /** The revision. */
    seq: number
    kind: string
    /** 'all' or 'facilitator'. */
    audience: string
    /** JSON of the room's Change. */
    data: string
    at: string
  }
  forum_commands: {
    forum_id: string
    command_id: string
    /** JSON of the state that it was answered with. */
    result: string
  }
  forum_notes: {
    id: string
    forum_id: string
    item_id: string | null
    phase: string
    /** note, factor, theme, action or parked: what it has become. */
    kind: string
    text: string
    version: number
    /** Who holds the pen; null once the forum is over. */
    writer_id: string | null
    written_at: string
    created_at: string
  }
  /** What a note said before. */
  forum_note_revisions: { note_id: string; version: number; text: string; at: string }
  forum_proposals: {
    id: string
    forum_id: string
    item_id: string | null
    /** prevent, detect, mitigate or process. */
    kind: string
    text: string
    suggested_owner_id: string | null
    created_at: string
  }
  forum_parked: { id: string; forum_id: string; item_id: string | null; text: string; created_at: string }
  /** Questions that the facilitator added for a phase of an item. */
  forum_prompts: { id: string; forum_id: string; item_id: string | null; phase: string; text: string }
  forum_questions: {
    id: string
    forum_id: string
    item_id: string | null
    position: number
    text: string
    is_read: number
  }
  forum_votes: { forum_id: string; item_id: string; theme_id: string; voter: string }
  /** How long somebody had the board open during a step, counted by one run of one instance. Erased after 30 days. */
  forum_presence: {
    forum_id: string
    person_id: string
    /** The agenda item's id, or 'opening', 'patterns', 'before'. */
    step: string
    sitting: string
    present_ms: number
    last_seen_at: string
  }
  /** Whether somebody does not want their initials shown on live boards; without a row they are shown. */
  forum_presence_choices: { person_id: string; hidden: number; changed_at: string }
}
