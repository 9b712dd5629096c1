/** Rows of the incidents room. */
export interface IncidentsTables {
  services: {
    id: string
    slug: string
    name: string
    team_id: string | null
    /** 1 for a system of somebody else, named only by public incidents. */
    is_external: number
    created_at: string
  }
  families: { id: string; slug: string; name: string; created_at: string }
  /** What editors judged, so that it can be undone. */
  family_changes: {
    id: string
    family_id: string
    /** confirmed, split or merged. */
    kind: string
    /** JSON list of { incidentId, from, to }: families' ids. */
    moved: string
    at: string
    actor_name: string
    undone_at: string | null
  }
  /** Two incidents that an editor judged not to be the same failure; the lesser id first. */
  family_refusals: { incident_id: string; other_id: string; at: string }
  /** Repeats that somebody senior has looked at. */
  senior_reviews: { incident_id: string; at: string; actor_name: string; note: string }
  incidents: {
    id: string
    key: string
    title: string
    /** What happened, in a few sentences. */
    summary: string
    severity: string | null
    started_at: string | null
    detected_at: string | null
    acknowledged_at: string | null
    mitigated_at: string | null
    resolved_at: string | null
    detected_by: string | null
    customer_impact: number | null
    impact_note: string
    family_id: string | null
    commander_id: string | null
    external_id: string | null
    source_url: string | null
    /** JSON list of sentences: what the import could not take as it was. */
    flags: string
    created_at: string
    updated_at: string
  }
  incident_services: { incident_id: string; service_id: string; position: number }
  role_assignments: {
    id: string
    incident_id: string
    role: string
    person_id: string
    /** Null where an incident only names its commander. */
    started_at: string | null
    /** Null while it is held, and where flags say that the end is not known. */
    ended_at: string | null
    /** 1 where the role was passed on to this person during the incident. */
    taken_over: number
    position: number
    /** JSON list of sentences: what the import could not take as it was. */
    flags: string
  }
  severity_changes: {
    id: string
    incident_id: string
    at: string
    from_severity: string | null
    to_severity: string | null
    reason: string
    /** Null where an import or a program made the change. */
    person_id: string | null
    actor_name: string
  }
  incident_updates: {
    id: string
    incident_id: string
    at: string
    text: string
    /** Null where it came from elsewhere. */
    person_id: string | null
    author_name: string
    /** Who it is elsewhere; one incident has it once. */
    external_id: string | null
    created_at: string
  }
  handoffs: {
    id: string
    incident_id: string
    role: string
    assignment_id: string
    giver_id: string
    receiver_id: string
    offered_at: string
    /** JSON: see handoff.ts. */
    parts: string
    /** Null while the receiver has not answered. */
    answer: string | null
    answered_at: string | null
    /** Why it was declined. */
    reason: string
  }
  near_misses: {
    id: string
    title: string
    what_happened: string
    what_stopped_it: string
    service_id: string | null
    /** Null for those who did not name themselves: then nothing anywhere says who it was. */
    person_id: string | null
    /** A day and no more, since a time would tell who was there. */
    reported_on: string
  }
  near_miss_words: { word: string; near_miss_id: string }
  deployments: { id: string; deployed_at: string; service_id: string | null; count: number }
  /** Requests served on a day, of one service or of all. */
  traffic: { id: string; day: string; service_id: string | null; requests: number }
  hook_sources: {
    id: string
    slug: string
    kind: string
    name: string
    /** JSON: see hooks/source-tables.ts. */
    tables: string
    created_at: string
    /** Null while it is listened to. */
    paused_at: string | null
    /** When somebody last came without a valid signature, to the minute. */
    refused_at: string | null
  }
  hook_secrets: {
    id: string
    source_id: string
    /** As it is where signatures are made with it, else its SHA-256. Nothing ever shows or logs it. */
    secret: string
    created_at: string
    last_used_on: string | null
  }
  hook_deliveries: {
    id: string
    source_id: string
    received_at: string
    /** Who the event is there, or the hash of the body; null for repeats, and for what could not be read. */
    once: string | null
    event_type: string
    event_at: string | null
    outcome: string
    /** What became of it, in words. */
    note: string
    incident_id: string | null
    replayed_at: string | null
    /** JSON: the headers without which the body cannot be read again; never a signature. */
    headers: string
    size: number
    /** When the body is deleted; null when it is not there. */
    body_until: string | null
    body: Uint8Array | null
  }
  /** Which incident here is which one there. */
  hook_incidents: {
    id: string
    source_id: string
    external_id: string
    group_id: string | null
    incident_id: string
    /** JSON: everything that the source has said, see hooks/observation.ts. */
    observed: string
    /** JSON: what was last written from it, so that what people changed is told apart. */
    written: string
  }
  /** Deployments there that were counted. */
  hook_deployments: { source_id: string; external_id: string; deployed_at: string }
}
