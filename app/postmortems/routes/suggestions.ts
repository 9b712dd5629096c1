import { fileLoader } from '#app/http/file.server.ts'
import { suggestWhileTyping } from '#app/postmortems/suggest-while-typing.server.ts'

/** What the search field offers while somebody types, as JSON. */
export const loader = fileLoader('read', async ({ db, actor, url }) => ({
  body: JSON.stringify({ suggestions: await suggestWhileTyping({ db, actor }, url.searchParams.get('q') ?? '') }),
  type: 'application/json; charset=utf-8',
}))
