/** A questionnaire that a wave can ask: an instrument, or a published version of one's own. */
import type { Db } from '#db/index.server.ts'
import { questionnaireOf } from './instrument.ts'
import { readInstruments } from './instruments.server.ts'
import type { Questionnaire } from './questionnaire.ts'
import { publishedQuestionnaires, questionnaireRow } from './questionnaire-queries.server.ts'

/** @returns null for what does not exist, and for a draft. */
export async function questionnaireFor(
  db: Db,
  { id, version }: { id: string; version: number },
): Promise<Questionnaire | null> {
  const instrument = readInstruments().find(one => one.id === id)
  if (instrument) return instrument.version === version ? questionnaireOf(instrument) : null
  const kept = await questionnaireRow(db, id, version)
  return kept?.state === 'published' ? kept.definition : null
}

/** What can be asked: every instrument, and the newest published version of each of one's own. */
export async function askableQuestionnaires(db: Db): Promise<{ instruments: Questionnaire[]; own: Questionnaire[] }> {
  return { instruments: readInstruments().map(questionnaireOf), own: await publishedQuestionnaires(db) }
}
