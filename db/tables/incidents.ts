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
  incidents: {
    id: string
    key: string
    title: string
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
  deployments: { id: string; deployed_at: string; service_id: string | null; count: number }
}
