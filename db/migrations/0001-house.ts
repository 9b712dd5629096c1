/** People, themes, incidents, postmortems, the search index. */
import type { Kysely } from 'kysely'
import { dialectOf } from '../dialects/dialect.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  const dialect = dialectOf(db)

  /** Creates a table from `name: type` pairs; `?` allows null, `->table` refers, `*` is the primary key. */
  async function table(name: string, columns: Record<string, string>, primaryKey?: string[]): Promise<void> {
    let builder = db.schema.createTable(name)
    for (const [column, spec] of Object.entries(columns)) {
      const [, kind = 'text', marks = '', target] = /^(text|integer|blob)([?*]*)(?:->(\w+))?$/.exec(spec) ?? []
      const type = { text: dialect.text, integer: dialect.integer, blob: dialect.blob }[kind as 'text']
      builder = builder.addColumn(column, type as never, definition => {
        let made = marks.includes('?') ? definition : definition.notNull()
        if (marks.includes('*')) made = made.primaryKey()
        if (target) made = made.references(`${target}.id`).onDelete('cascade')
        return made
      })
    }
    if (primaryKey) builder = builder.addPrimaryKeyConstraint(`${name}_key`, primaryKey as never)
    await builder.execute()
  }

  async function index(name: string, columns: string[], unique = false): Promise<void> {
    const builder = db.schema
      .createIndex(`${name}_${columns.join('_')}`)
      .on(name)
      .columns(columns)
    await (unique ? builder.unique() : builder).execute()
  }

  await table('settings', { key: 'text*', value: 'text' })
  await table('teams', { id: 'text*', slug: 'text', name: 'text', parent_id: 'text?->teams', created_at: 'text' })
  await index('teams', ['slug'], true)
  await index('teams', ['parent_id'])
  await table('people', {
    id: 'text*',
    name: 'text',
    email: 'text',
    team_id: 'text?',
    manager_id: 'text?',
    is_engineer: 'integer',
    started_on: 'text?',
    left_on: 'text?',
    time_zone: 'text?',
    mails: 'text',
    created_at: 'text',
    updated_at: 'text',
  })
  await index('people', ['email'], true)
  await index('people', ['team_id'])
  await index('people', ['manager_id'])
  await index('people', ['name'])
  await table('leaves', { id: 'text*', person_id: 'text->people', starts_on: 'text', ends_on: 'text?' })
  await index('leaves', ['person_id'])
  await table('accounts', {
    id: 'text*',
    person_id: 'text->people',
    role: 'text',
    password_hash: 'text?',
    created_at: 'text',
    disabled_at: 'text?',
  })
  await index('accounts', ['person_id'], true)
  await table('sessions', {
    id_hash: 'text*',
    account_id: 'text->accounts',
    expires_at: 'text',
    created_at: 'text',
    user_agent: 'text',
  })
  await index('sessions', ['account_id'])
  await index('sessions', ['expires_at'])
  await table('account_links', {
    token_hash: 'text*',
    account_id: 'text->accounts',
    kind: 'text',
    created_at: 'text',
    expires_at: 'text',
    used_at: 'text?',
  })
  await index('account_links', ['account_id'])
  await table('api_tokens', {
    id: 'text*',
    name: 'text',
    role: 'text',
    token_hash: 'text',
    account_id: 'text->accounts',
    created_at: 'text',
    expires_at: 'text?',
    revoked_at: 'text?',
    last_used_on: 'text?',
  })
  await index('api_tokens', ['token_hash'], true)
  await index('api_tokens', ['account_id'])
  await table('audit_entries', {
    id: 'text*',
    at: 'text',
    actor_id: 'text?',
    actor_name: 'text',
    act: 'text',
    subject: 'text',
    before: 'text?',
    after: 'text?',
  })
  await index('audit_entries', ['at'])
  await dialect.appendOnly(db, 'audit_entries')

  await table('themes', {
    id: 'text*',
    slug: 'text',
    name: 'text',
    definition: 'text',
    parent_id: 'text?',
    synonyms: 'text',
    created_at: 'text',
    updated_at: 'text',
    merged_into_id: 'text?',
  })
  await index('themes', ['slug'], true)
  await index('themes', ['parent_id'])
  await table('theme_redirects', { slug: 'text*', theme_id: 'text->themes' })
  await index('theme_redirects', ['theme_id'])
  await table('theme_merges', {
    id: 'text*',
    from_id: 'text->themes',
    into_id: 'text->themes',
    moved: 'text',
    at: 'text',
    undone_at: 'text?',
  })
  await index('theme_merges', ['from_id'])
  await index('theme_merges', ['into_id'])

  await table('services', {
    id: 'text*',
    slug: 'text',
    name: 'text',
    team_id: 'text?',
    is_external: 'integer',
    created_at: 'text',
  })
  await index('services', ['slug'], true)
  await index('services', ['team_id'])
  await table('families', { id: 'text*', slug: 'text', name: 'text', created_at: 'text' })
  await index('families', ['slug'], true)
  await table('incidents', {
    id: 'text*',
    key: 'text',
    title: 'text',
    severity: 'text?',
    started_at: 'text?',
    detected_at: 'text?',
    acknowledged_at: 'text?',
    mitigated_at: 'text?',
    resolved_at: 'text?',
    detected_by: 'text?',
    customer_impact: 'integer?',
    impact_note: 'text',
    family_id: 'text?',
    commander_id: 'text?',
    external_id: 'text?',
    source_url: 'text?',
    flags: 'text',
    created_at: 'text',
    updated_at: 'text',
  })
  await index('incidents', ['key'], true)
  await index('incidents', ['external_id'], true)
  await index('incidents', ['started_at'])
  await index('incidents', ['family_id'])
  await table(
    'incident_services',
    { incident_id: 'text->incidents', service_id: 'text->services', position: 'integer' },
    ['incident_id', 'service_id'],
  )
  await index('incident_services', ['service_id'])

  await table('postmortems', {
    id: 'text*',
    slug: 'text',
    title: 'text',
    status: 'text',
    incident_id: 'text?',
    external_id: 'text?',
    source_url: 'text?',
    severity: 'text?',
    started_at: 'text?',
    detected_at: 'text?',
    acknowledged_at: 'text?',
    mitigated_at: 'text?',
    resolved_at: 'text?',
    detected_by: 'text?',
    customer_impact: 'integer?',
    highlights: 'text',
    summary: 'text',
    impact: 'text',
    went_well: 'text',
    lucky: 'text',
    lessons: 'text',
    prevention: 'text',
    detection: 'text',
    body: 'text',
    timeline: 'text',
    is_public: 'integer',
    is_restricted: 'integer',
    restricted_reason: 'text?',
    published_at: 'text?',
    archived_at: 'text?',
    import_hash: 'text?',
    revision: 'integer',
    words: 'integer',
    created_by: 'text?',
    created_at: 'text',
    updated_at: 'text',
  })
  await index('postmortems', ['slug'], true)
  await index('postmortems', ['external_id'], true)
  await index('postmortems', ['source_url'])
  await index('postmortems', ['incident_id'])
  await index('postmortems', ['title'])
  await index('postmortems', ['status', 'published_at'])
  await table('factors', {
    id: 'text*',
    postmortem_id: 'text->postmortems',
    position: 'integer',
    text: 'text',
    whys: 'text',
  })
  await index('factors', ['postmortem_id'])
  await table('factor_themes', { factor_id: 'text->factors', theme_id: 'text->themes' }, ['factor_id', 'theme_id'])
  await index('factor_themes', ['theme_id'])
  await table('postmortem_themes', { postmortem_id: 'text->postmortems', theme_id: 'text->themes' }, [
    'postmortem_id',
    'theme_id',
  ])
  await index('postmortem_themes', ['theme_id'])
  await table(
    'theme_suggestions',
    { postmortem_id: 'text->postmortems', theme_id: 'text->themes', reason: 'text', dismissed_at: 'text?' },
    ['postmortem_id', 'theme_id'],
  )
  await index('theme_suggestions', ['theme_id'])
  await table(
    'postmortem_services',
    { postmortem_id: 'text->postmortems', service_id: 'text->services', position: 'integer' },
    ['postmortem_id', 'service_id'],
  )
  await index('postmortem_services', ['service_id'])
  await table(
    'postmortem_authors',
    { postmortem_id: 'text->postmortems', position: 'integer', person_id: 'text?', name: 'text' },
    ['postmortem_id', 'position'],
  )
  await index('postmortem_authors', ['person_id'])
  await table('postmortem_readers', { postmortem_id: 'text->postmortems', person_id: 'text->people' }, [
    'postmortem_id',
    'person_id',
  ])
  await index('postmortem_readers', ['person_id'])
  await table('postmortem_revisions', {
    id: 'text*',
    postmortem_id: 'text->postmortems',
    number: 'integer',
    at: 'text',
    account_id: 'text?',
    actor_name: 'text',
    note: 'text',
    document: 'text',
  })
  await index('postmortem_revisions', ['postmortem_id', 'number'], true)
  await table('action_items', {
    id: 'text*',
    postmortem_id: 'text?->postmortems',
    incident_id: 'text?',
    position: 'integer',
    title: 'text',
    kind: 'text?',
    owner_id: 'text?',
    owner_text: 'text?',
    created_on: 'text?',
    due_on: 'text?',
    state: 'text',
    closed_on: 'text?',
    drop_reason: 'text?',
    external_id: 'text?',
    created_at: 'text',
    updated_at: 'text',
  })
  await index('action_items', ['postmortem_id'])
  await index('action_items', ['incident_id'])
  await index('action_items', ['owner_id', 'state'])
  await index('action_items', ['state', 'due_on'])
  await table('imports', {
    id: 'text*',
    kind: 'text',
    state: 'text',
    account_id: 'text',
    total: 'integer',
    done: 'integer',
    report: 'text',
    created_at: 'text',
    finished_at: 'text?',
  })
  await index('imports', ['account_id', 'created_at'])
  await table(
    'import_records',
    { import_id: 'text->imports', position: 'integer', source: 'text', understood: 'text', skipped: 'integer' },
    ['import_id', 'position'],
  )

  await table('search_documents', {
    number: 'integer*',
    subject_id: 'text',
    length: 'integer',
    facets: 'text',
    revision: 'integer',
    removed: 'integer',
  })
  await index('search_documents', ['subject_id'], true)
  await index('search_documents', ['revision'])
  await table('search_postings', { drawer: 'text', block: 'integer', data: 'blob' }, ['drawer', 'block'])
  await table('search_state', { id: 'integer*', revision: 'integer', next_number: 'integer', version: 'integer' })
  await table('saved_searches', {
    id: 'text*',
    account_id: 'text->accounts',
    name: 'text',
    query: 'text',
    created_at: 'text',
  })
  await index('saved_searches', ['account_id'])
}
