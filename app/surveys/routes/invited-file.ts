import { fileLoader } from '#app/http/file.server.ts'
import { invitedText } from '#app/surveys/inviting/open-wave-view.server.ts'

export const loader = fileLoader('read', async ({ db, actor, params }) => ({
  body: await invitedText({ db, actor }, params.wave ?? ''),
  type: 'text/plain; charset=utf-8',
}))
