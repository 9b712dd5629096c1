/** The figures of the latest survey, for reports: of its release and nothing else. */
import type { Figures } from '#app/measure/figure.ts'
import type { Db } from '#db/index.server.ts'
import { itemsOf, type Questionnaire, textIn } from './questionnaire.ts'
import type { Release } from './release.ts'
import { latestRelease, publishedWaves } from './results-queries.server.ts'

/**
 * `survey.responseRate`, and for each question shown as a number `survey.<item>`: its favourable share with the limits
 * if silence were random, and the worst case for silence. From the wave published last by `asOf`; empty without one, and
 * where it has more answers than invited.
 */
export async function readSurveyFigures(db: Db, asOf: string): Promise<Figures> {
  const release = await latestRelease(db, asOf)
  return release ? surveyFigures(release) : {}
}

/** The figures of one release. */
export function surveyFigures(release: Release): Figures {
  if (release.cast > release.invited || release.invited === 0) return {}
  const { cast, invited } = release
  const figures: Figures = { 'survey.responseRate': { value: cast / invited, count: cast, n: invited } }
  for (const { id, n, favourable, bounds, interval } of release.items)
    if (typeof favourable === 'number' && n !== null && n > 0)
      figures[`survey.${id}`] = {
        value: favourable / n,
        count: favourable,
        n,
        low: interval?.[0] ?? null,
        high: interval?.[1] ?? null,
        worstLow: bounds?.[0] ?? null,
        worstHigh: bounds?.[1] ?? null,
      }
  return figures
}

/** A published wave, as far as its release goes. */
export interface SurveyWave {
  id: string
  title: string
  closesAt: string
  publishedAt: string
  /** The share of favourable answers that a headline question should reach. */
  target: number | null
  /** The questions on a scale, in the order in which they are asked. */
  questions: { id: string; text: string; isHeadline: boolean }[]
  release: Release
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
