/** The files beside a postmortem, for those who may read it. */
import type { Actor } from '#app/identity/actor.ts'
import { notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import { type AttachmentRow, attachmentById, attachmentRows } from './attachment-queries.server.ts'
import { ATTACHMENT_TYPES, type AttachmentType, isImage, isShownInPlace, sizeInWords } from './attachment-type.ts'
import { mayChange, visibleRow } from './read-postmortem.server.ts'

export interface AttachmentView {
  id: string
  name: string
  /** Such as 'PNG image, 12 KB'. */
  what: string
  isImage: boolean
  alternative: string
  addedAt: string
  addedBy: string
  removed: { at: string; by: string } | null
}

/** @throws AppError not-found for those who may not read the postmortem. */
export async function listAttachments({ db, actor }: { db: Db; actor: Actor }, slug: string) {
  const row = await visibleRow({ db, actor }, slug)
  const [all, mayEdit] = await Promise.all([attachmentRows(db, row.id), mayChange(db, actor, row)])
  return {
    slug: row.slug,
    title: row.title,
    mayEdit,
    files: all.filter(one => one.removed_at === null).map(viewOf),
    removed: all.filter(one => one.removed_at !== null).map(viewOf),
  }
}

/** One file that is there. @throws AppError not-found, for those who may not read the postmortem too. */
export async function findAttachment(
  { db, actor }: { db: Db; actor: Actor },
  slug: string,
  id: string,
): Promise<AttachmentView & { type: string; sha256: string; isInline: boolean; mayEdit: boolean; title: string }> {
  const row = await visibleRow({ db, actor }, slug)
  const attachment = await attachmentById(db, row.id, id)
  if (!attachment) throw notFound('This file')
  return {
    ...viewOf(attachment),
    type: attachment.type,
    sha256: attachment.sha256,
    isInline: isShownInPlace(attachment.type),
    mayEdit: await mayChange(db, actor, row),
    title: row.title,
  }
}

function viewOf(row: AttachmentRow): AttachmentView {
  const words = ATTACHMENT_TYPES[row.type as AttachmentType]?.words ?? 'file'
  return {
    id: row.id,
    name: row.name,
    what: `${words}, ${sizeInWords(row.size)}`,
    isImage: isImage(row.type),
    alternative: row.alternative,
    addedAt: row.added_at,
    addedBy: row.added_by,
    removed: row.removed_at === null ? null : { at: row.removed_at, by: row.removed_by ?? '' },
  }
}
