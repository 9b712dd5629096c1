/** Rows of the postmortems room. */
export interface PostmortemsTables {
  postmortems: {
    id: string
    slug: string
    title: string
    status: string
    incident_id: string | null
    /** The key of an incident that is not in Candor yet; null where there is a link, or nothing to link to. */
    incident_key: string | null
    external_id: string | null
    source_url: string | null
    /** Facts of its own; where it belongs to an incident, the incident's are shown. */
    severity: string | null
    started_at: string | null
    detected_at: string | null
    acknowledged_at: string | null
    mitigated_at: string | null
    resolved_at: string | null
    detected_by: string | null
    customer_impact: number | null
    highlights: string
    summary: string
    impact: string
    went_well: string
    lucky: string
    lessons: string
    prevention: string
    detection: string
    body: string
    /** JSON list of timeline entries, each with an id by which two writers' rows are told apart. */
    timeline: string
    is_public: number
    is_restricted: number
    restricted_reason: string | null
    published_at: string | null
    archived_at: string | null
    /** SHA-256 of the record as last imported: the same file again is recognised even after edits. */
    import_hash: string | null
    revision: number
    words: number
    created_by: string | null
    created_at: string
    updated_at: string
  }
  section_saves: {
    postmortem_id: string
    section: string
    /** Counted up by every save in the editor; a section that was never saved there has no row. */
    version: number
    saved_at: string
    saved_by: string
  }
  factors: { id: string; postmortem_id: string; position: number; text: string; whys: string }
  factor_themes: { factor_id: string; theme_id: string }
  postmortem_themes: { postmortem_id: string; theme_id: string }
  theme_suggestions: { postmortem_id: string; theme_id: string; reason: string; dismissed_at: string | null }
  postmortem_services: { postmortem_id: string; service_id: string; position: number }
  postmortem_authors: { postmortem_id: string; position: number; person_id: string | null; name: string }
  postmortem_readers: { postmortem_id: string; person_id: string }
  postmortem_revisions: {
    id: string
    postmortem_id: string
    number: number
    at: string
    account_id: string | null
    actor_name: string
    note: string
    /** The record in Candor's Markdown form. */
    document: string
  }
  action_items: {
    id: string
    postmortem_id: string | null
    incident_id: string | null
    position: number
    title: string
    kind: string | null
    owner_id: string | null
    owner_text: string | null
    created_on: string | null
    due_on: string | null
    state: string
    closed_on: string | null
    drop_reason: string | null
    external_id: string | null
    created_at: string
    updated_at: string
  }
  /** What happened to action items, oldest first. Outlasts their rows. */
  action_events: {
    id: string
    action_id: string
    at: string
    person_id: string | null
    actor_name: string
    /** JSON: what changed, each as [before, after]; empty for its beginning. */
    change: string
    why: string | null
    /** For whose decision it was dropped. */
    decided_by: string | null
  }
  /** What is known of an action item beside what its postmortem says; kept when that is written anew. */
  action_details: {
    action_id: string
    /** Tenths of a day that it took. */
    effort_tenths: number | null
    /** The issue elsewhere that it mirrors, and its state there as somebody last saw it. */
    tracker_url: string | null
    tracker_state: string | null
    tracker_seen_on: string | null
  }
  action_links: {
    token_hash: string
    action_id: string
    person_id: string
    created_at: string
    expires_at: string
    used_at: string | null
  }
  comments: {
    id: string
    postmortem_id: string
    /** The comment that it answers; answers are not answered. */
    parent_id: string | null
    person_id: string | null
    writer_name: string
    /** Markdown; empty once its writer removed it. */
    text: string
    /** The passage that it stands beside, with a little of what is before and after it. */
    quote: string | null
    prefix: string | null
    suffix: string | null
    created_at: string
    edited_at: string | null
    deleted_at: string | null
    resolved_at: string | null
    resolved_by: string | null
  }
  comment_mentions: { comment_id: string; person_id: string }
  reviewers: {
    postmortem_id: string
    person_id: string
    invited_by: string
    invited_at: string
    /** 'approved' or 'changes'; null while they have not said. */
    verdict: string | null
    sentence: string | null
    decided_at: string | null
    /** Of what they read, so that later edits are seen. */
    decided_hash: string | null
  }
  review_meetings: {
    postmortem_id: string
    starts_at: string
    place: string
    set_by: string
    set_at: string
    /** How many people spoke; who they were is nobody's business. */
    speakers: number | null
    ratings: number
    worth_sum: number
    learnt_sum: number
  }
  review_attendance: { postmortem_id: string; person_id: string; attended: number; has_rated: number }
  attachments: {
    id: string
    postmortem_id: string
    name: string
    /** Found by its bytes. */
    type: string
    size: number
    /** The name of its file in DATA_DIR/attachments. */
    sha256: string
    /** What an image shows, in words. */
    alternative: string
    added_at: string
    added_by: string
    removed_at: string | null
    removed_by: string | null
  }
  executive_summaries: {
    postmortem_id: string
    number: number
    happened: string
    learnt: string
    changes: string
    at: string
    actor_name: string
  }
  /** Who got which version of a summary, and when. */
  summary_mails: { id: string; postmortem_id: string; number: number; address: string; at: string; actor_name: string }
  imports: {
    id: string
    kind: string
    state: string
    account_id: string
    total: number
    done: number
    /** JSON report as in the API. */
    report: string
    created_at: string
    finished_at: string | null
  }
  import_records: {
    import_id: string
    position: number
    source: string
    /** JSON of what was understood, as corrected by the editor. */
    understood: string
    skipped: number
  }
}
