/** The organisation's own questionnaires. */
import type { Db } from '#db/index.server.ts'
import type { Questionnaire } from './questionnaire.ts'

export interface KeptQuestionnaire {
  state: 'draft' | 'published'
  definition: Questionnaire
  updatedAt: string
}

export async function questionnaireRow(db: Db, id: string, version: number): Promise<KeptQuestionnaire | null> {
  const row = await db
    .selectFrom('questionnaires')
    .where('id', '=', id)
    .where('version', '=', version)
    .select(['state', 'definition', 'updated_at'])
    .executeTakeFirst()
  return row ? keptFrom(row) : null
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
