import { fileLoader } from '#app/http/file.server.ts'
import { notFound } from '#app/platform/errors.ts'
import { findWave } from '#app/surveys/get-wave.server.ts'
import { releaseCsv } from '#app/surveys/results/release-csv.ts'
import { releaseFor } from '#app/surveys/results/results-view.server.ts'

export const loader = fileLoader('read', async ({ db, clock, actor, params }) => {
  const wave = await findWave(db, params.wave ?? '', clock)
  if (!wave) throw notFound()
  const { release, questionnaire } = releaseFor(wave, actor)
  return { body: releaseCsv(release, questionnaire), type: 'text/csv; charset=utf-8', name: `${wave.id}.csv` }
})
