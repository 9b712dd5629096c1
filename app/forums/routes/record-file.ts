import { recordMarkdown } from '#app/forums/record-markdown.ts'
import { viewForum } from '#app/forums/view-forum.server.ts'
import { viewRecord } from '#app/forums/view-record.server.ts'
import { fileLoader } from '#app/http/file.server.ts'
import { notFound } from '#app/platform/errors.ts'
import { clockInWords } from '#app/platform/wall-time.ts'

export const loader = fileLoader('take part in forums', async ({ db, clock, actor, params: { id = '' } }) => {
  const forum = await viewForum({ db, actor }, id)
  const record = await viewRecord({ db, clock }, forum)
  if (!record) throw notFound('This record')
  const when = clockInWords(forum.timeZone, Date.parse(forum.startsAt), { withDay: true })
  return {
    body: recordMarkdown(forum, record, when),
    type: 'text/markdown; charset=utf-8',
    name: `forum-${forum.startsAt.slice(0, 10)}.md`,
  }
})
