/** A postmortem's sections as its editor holds them. */
import type { Actor } from '#app/identity/actor.ts'
import { notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import { recordToEdit } from './edit-postmortem.server.ts'
import type { ListIds } from './editor-sections.ts'
import { postmortemsByIds } from './postmortem-queries.server.ts'
import { timelineRows } from './row-ids.server.ts'
import { rowsOfLists } from './section-queries.server.ts'

/** The slug under which this id is read. @throws AppError not-found; says nothing about who may see it. */
export async function slugOfId(db: Db, id: string): Promise<string> {
  const [row] = /^[\w-]{1,60}$/.test(id) ? await postmortemsByIds(db, [id]) : []
  if (!row) throw notFound('This postmortem')
  return row.slug
}

/** The record to edit, with the ids of its rows. @throws AppError not-found for those who may not edit it. */
export async function recordWithRows({ db, actor }: { db: Db; actor: Actor }, id: string) {
  const read = await recordToEdit({ db, actor }, await slugOfId(db, id))
  const { timeline, factors, actions } = await rowsOfLists(db, read.id)
  const ids: ListIds = { timeline: timelineRows(timeline).map(row => row.id), factors, actions }
  return { ...read, ids }
}
