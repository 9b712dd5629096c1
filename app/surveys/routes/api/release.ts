import { handle, serve } from '#app/http/api.server.ts'
import { notFound } from '#app/platform/errors.ts'
import { findWave } from '#app/surveys/get-wave.server.ts'
import { releaseResource } from '#app/surveys/results/release-resource.ts'
import { releaseFor } from '#app/surveys/results/results-view.server.ts'
import { getReleaseOperation } from '#app/surveys/survey-api.ts'

const api = serve(
  handle(getReleaseOperation, async ({ db, clock, actor, params: { wave: id = '' } }) => {
    const wave = await findWave(db, id, clock)
    if (!wave) throw notFound('This wave')
    return releaseResource(releaseFor(wave, actor).release)
  }),
)

export const loader = api.loader
export const action = api.action
