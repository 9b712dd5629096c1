import { fileLoader } from '#app/http/file.server.ts'
import { writeCandorMarkdown } from '#app/postmortems/candor-format.ts'
import { readPostmortem } from '#app/postmortems/read-postmortem.server.ts'

export const loader = fileLoader('read', async ({ db, actor, params }) => {
  const { record, slug } = await readPostmortem({ db, actor }, params.slug ?? '')
  return { body: writeCandorMarkdown(record), type: 'text/markdown; charset=utf-8', name: `${slug}.md` }
})
