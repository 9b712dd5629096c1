import { demandNoBody, handle, serve } from '#app/http/api.server.ts'
import { publicWave } from '#app/surveys/public-wave.ts'
import { publishWave } from '#app/surveys/results/publish-wave.server.ts'
import { publishWaveOperation } from '#app/surveys/survey-api.ts'

const api = serve(
  handle(publishWaveOperation, async ({ db, clock, actor, dataDir, origin, request, params: { wave = '' } }) => {
    await demandNoBody(request)
    return publicWave(await publishWave({ db, clock, actor, dataDir, origin }, wave), null)
  }),
)

export const loader = api.loader
export const action = api.action
