/** The figures of the latest survey, for reports: of its release and nothing else. */
import type { Figures } from '#app/measure/figure.ts'
import type { Db } from '#db/index.server.ts'
import type { Release } from '../disclosure/release.ts'
import { itemsOf, type Questionnaire, textIn } from '../questionnaires/questionnaire.ts'
import { latestRelease, publishedWaves } from './results-queries.server.ts'
import { type SurveyWave, surveyFigures } from './survey-figures.ts'

/**
 * `survey.responseRate`, and for each question shown as a number `survey.<item>`: its favourable share with the limits
 * if silence were random, and the worst case for silence. From the wave published last by `asOf`; empty without one, and
 * where it has more answers than invited.
 */
export async function readSurveyFigures(db: Db, asOf: string): Promise<Figures> {
  const release = await latestRelease(db, asOf)
  return release ? surveyFigures(release) : {}
}

const MOST_WAVES = 8
/** Other surveys run in between, and of each only the waves of the latest are looked at. */
const LOOKED_AT = 3 * MOST_WAVES

/**
 * The waves of the survey that closed last before one moment and was published by another, the last first. One query.
 */
export async function readSurveyWaves(
  db: Db,
  asked: { closedBefore: string; publishedBy: string },
): Promise<SurveyWave[]> {
  const rows = await publishedWaves(db, asked, LOOKED_AT)
  const waves = rows.flatMap(row => {
    if (!row.release || !row.questionnaire) return []
    const questionnaire = JSON.parse(row.questionnaire) as Questionnaire
    const questions = itemsOf(questionnaire)
      .filter(item => item.kind === 'scale')
      .map(item => ({ id: item.id, text: textIn(item.text, 'en'), isHeadline: item.headline }))
    const release = JSON.parse(row.release) as Release
    const { id, title, closes_at: closesAt, published_at } = row
    const wave: SurveyWave = {
      id,
      title,
      closesAt,
      publishedAt: published_at as string,
      target: questionnaire.target,
      questions,
      release,
    }
    return [{ survey: questionnaire.id, wave }]
  })
  return waves
    .filter(one => one.survey === waves[0]?.survey)
    .slice(0, MOST_WAVES)
    .map(one => one.wave)
}
