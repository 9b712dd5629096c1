import { demandNoBody, handle, serve } from '#app/http/api.server.ts'
import { closeWave } from '#app/surveys/closing/close-wave.server.ts'
import { publicWave } from '#app/surveys/public-wave.ts'
import { closeWaveOperation } from '#app/surveys/survey-api.ts'

const api = serve(
  handle(closeWaveOperation, async ({ db, clock, actor, dataDir, origin, request, params: { wave = '' } }) => {
    await demandNoBody(request)
    return publicWave(await closeWave({ db, clock, actor, dataDir, origin }, wave), null)
  }),
)

export const loader = api.loader
export const action = api.action
