/** The organisation's own questionnaires. */
import type { Db } from '#db/index.server.ts'
import type { Questionnaire } from './questionnaire.ts'

export interface KeptQuestionnaire {
  state: 'draft' | 'published'
  definition: Questionnaire
  updatedAt: string
}

const columns = ['state', 'definition', 'updated_at'] as const

export async function questionnaireRow(db: Db, id: string, version: number): Promise<KeptQuestionnaire | null> {
  const row = await db
    .selectFrom('questionnaires')
    .where('id', '=', id)
    .where('version', '=', version)
    .select(columns)
    .executeTakeFirst()
  return row ? keptFrom(row) : null
}

/** Every version, the newest first. */
export async function versionsOf(db: Db, id: string): Promise<KeptQuestionnaire[]> {
  const rows = await db
    .selectFrom('questionnaires')
    .where('id', '=', id)
    .select(columns)
    .orderBy('version', 'desc')
    .execute()
  return rows.map(keptFrom)
}

/** The newest version of each, drafts included, by id. */
export async function newestVersions(db: Db): Promise<KeptQuestionnaire[]> {
  const rows = await db.selectFrom('questionnaires').select(columns).orderBy('id').orderBy('version', 'desc').execute()
  const all = rows.map(keptFrom)
  return all.filter((one, index) => all[index - 1]?.definition.id !== one.definition.id)
}

export async function questionnaireIds(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('questionnaires').select('id').distinct().execute()
  return rows.map(row => row.id)
}

export async function insertQuestionnaire(db: Db, draft: Questionnaire, now: string): Promise<void> {
  await db
    .insertInto('questionnaires')
    .values({
      id: draft.id,
      version: draft.version,
      state: 'draft',
      definition: JSON.stringify(draft),
      created_at: now,
      updated_at: now,
    })
    .execute()
}

/** Only drafts change. */
export async function updateDraft(
  db: Db,
  draft: Questionnaire,
  now: string,
  state: KeptQuestionnaire['state'] = 'draft',
): Promise<void> {
  await db
    .updateTable('questionnaires')
    .set({ definition: JSON.stringify(draft), state, updated_at: now })
    .where('id', '=', draft.id)
    .where('version', '=', draft.version)
    .where('state', '=', 'draft')
    .execute()
}

export async function deleteDraft(db: Db, id: string, version: number): Promise<void> {
  await db
    .deleteFrom('questionnaires')
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '=', 'draft')
    .execute()
}

/** The newest published version of each questionnaire, by id. */
export async function publishedQuestionnaires(db: Db): Promise<Questionnaire[]> {
  const rows = await db
    .selectFrom('questionnaires')
    .where('state', '=', 'published')
    .select('definition')
    .orderBy('id')
    .orderBy('version', 'desc')
    .execute()
  const all = rows.map(row => JSON.parse(row.definition) as Questionnaire)
  return all.filter((one, index) => all[index - 1]?.id !== one.id)
}

function keptFrom(row: { state: string; definition: string; updated_at: string }): KeptQuestionnaire {
  return {
    state: row.state as KeptQuestionnaire['state'],
    definition: JSON.parse(row.definition) as Questionnaire,
    updatedAt: row.updated_at,
  }
}
