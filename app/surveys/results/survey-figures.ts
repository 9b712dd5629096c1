/** What figures say of a survey: of its release and nothing else. Pure. */
import type { Figures } from '#app/measure/figure.ts'
import type { Release } from '../disclosure/release.ts'

/** The figures of one release. */
export function surveyFigures(release: Release): Figures {
  if (release.cast > release.invited || release.invited === 0) return {}
  const { cast, invited } = release
  const figures: Figures = { 'survey.responseRate': { value: cast / invited, count: cast, n: invited } }
  for (const { id, hidden, n, favourable, bounds, interval } of release.items)
    if (!hidden && typeof favourable === 'number' && n !== null && n > 0)
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
