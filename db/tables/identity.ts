/** Rows of the identity room. Times are ISO 8601 UTC text, days YYYY-MM-DD, booleans 0 or 1, JSON is text. */
export interface IdentityTables {
  settings: { key: string; value: string }
  teams: { id: string; slug: string; name: string; parent_id: string | null; created_at: string }
  people: {
    id: string
    name: string
    email: string
    team_id: string | null
    manager_id: string | null
    is_engineer: number
    started_on: string | null
    left_on: string | null
    time_zone: string | null
    mails: string
    created_at: string
    updated_at: string
  }
  leaves: { id: string; person_id: string; starts_on: string; ends_on: string | null }
  accounts: {
    id: string
    person_id: string
    role: string
    password_hash: string | null
    created_at: string
    disabled_at: string | null
  }
  sessions: {
    id_hash: string
    account_id: string
    expires_at: string
    created_at: string
    user_agent: string
  }
  account_links: {
    token_hash: string
    account_id: string
    kind: string
    created_at: string
    expires_at: string
    used_at: string | null
  }
  api_tokens: {
    id: string
    name: string
    role: string
    token_hash: string
    account_id: string
    created_at: string
    expires_at: string | null
    revoked_at: string | null
    last_used_on: string | null
  }
  audit_entries: {
    id: string
    at: string
    actor_id: string | null
    actor_name: string
    act: string
    subject: string
    before: string | null
    after: string | null
  }
}
