/** The figures of the latest survey, for reports: of its release and nothing else. */
import type { Figures } from '#app/measure/figure.ts'
import type { Db } from '#db/index.server.ts'
import { latestRelease } from './results-queries.server.ts'

/**
 * `survey.responseRate`, and for each question shown as a number `survey.<item>`: its favourable share with the limits
 * if silence were random, and the worst case for silence. From the wave published last by `asOf`; empty without one, and
 * where it has more answers than invited.
 */
export async function readSurveyFigures(db: Db, asOf: string): Promise<Figures> {
  const release = await latestRelease(db, asOf)
  if (!release || release.cast > release.invited || release.invited === 0) return {}
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
