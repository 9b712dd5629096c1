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

function keptFrom(row: { state: string; definition: string; updated_at: string }): KeptQuestionnaire {
  return {
    state: row.state as KeptQuestionnaire['state'],
    definition: JSON.parse(row.definition) as Questionnaire,
    updatedAt: row.updated_at,
  }
}
