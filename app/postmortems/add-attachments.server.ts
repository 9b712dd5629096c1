import type { Actor } from '#app/identity/actor.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import { cleanText } from '#app/platform/clean-text.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import {
  type AttachmentRow,
  attachmentById,
  describeAttachment,
  insertAttachment,
} from './attachment-queries.server.ts'
import type { AttachmentStore } from './attachment-store.server.ts'
import { ATTACHMENT_LIMIT, attachmentName, isImage, sizeInWords, typeOf } from './attachment-type.ts'
import { mayChange, visibleRow } from './read-postmortem.server.ts'
import { lockRoom } from './save-records.server.ts'
import { withoutMetadata } from './strip-metadata.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
  store: AttachmentStore
}

const MOST_AT_ONCE = 20
const LONGEST_ALTERNATIVE = 1_000

/**
 * Puts files beside a postmortem: all of them, or none. Pictures leave behind what they say of place and camera.
 * @param input.alternative what the image shows, where there is one image only.
 * @returns their ids.
 * @throws AppError not-found for those who may not edit it; too-large or invalid with the file named.
 */
export async function addAttachments(
  { db, clock, actor, store }: Context,
  slug: string,
  { files, alternative }: { files: { name: string; bytes: Uint8Array }[]; alternative: string },
): Promise<string[]> {
  // Asked before anything is kept on disk, and again when it is written down.
  if (!(await mayChange(db, actor, await visibleRow({ db, actor }, slug)))) throw notFound()
  if (files.length === 0) throw invalidField('files', 'Choose a file.')
  if (files.length > MOST_AT_ONCE) throw invalidField('files', `At most ${MOST_AT_ONCE} files at once.`)
  const checked = files.map(({ name, bytes }) => checkedFile(name, bytes))
  const words = checkedAlternative(alternative)
  return inTransaction(db, async tx => {
    await lockRoom(tx)
    const row = await visibleRow({ db: tx, actor }, slug)
    if (!(await mayChange(tx, actor, row))) throw notFound()
    const added: AttachmentRow[] = []
    for (const { name, type, bytes } of checked)
      added.push({
        id: newId(),
        postmortem_id: row.id,
        name,
        type,
        size: bytes.length,
        // Within the lock, so that nobody removes the same content meanwhile.
        sha256: await store.keep(bytes),
        alternative: isImage(type) && checked.length === 1 ? words : '',
        added_at: isoNow(clock),
        added_by: actor.name,
        removed_at: null,
        removed_by: null,
      })
    for (const one of added) await insertAttachment(tx, one)
    await recordAudit(
      tx,
      { actor, clock },
      ...added.map(({ name, type, size }) => ({
        act: 'postmortem.attachment-added',
        subject: row.title,
        after: { name, type, size },
      })),
    )
    return added.map(one => one.id)
  })
}

/** Says in words what an image shows. @throws AppError not-found, as for adding. */
export async function describeImage(
  { db, actor }: Omit<Context, 'clock' | 'store'>,
  slug: string,
  { id, alternative }: { id: string; alternative: string },
): Promise<void> {
  const words = checkedAlternative(alternative)
  if (!words) throw invalidField(`alternative-${id}`, 'Write what it shows.')
  await inTransaction(db, async tx => {
    const row = await visibleRow({ db: tx, actor }, slug)
    if (!(await mayChange(tx, actor, row))) throw notFound()
    if (!(await attachmentById(tx, row.id, id))) throw notFound('This file')
    await describeAttachment(tx, id, words)
  })
}

function checkedFile(given: string, bytes: Uint8Array) {
  const name = attachmentName(given)
  if (bytes.length > ATTACHMENT_LIMIT) {
    const message = `${name} has ${sizeInWords(bytes.length)}. A file may have ${sizeInWords(ATTACHMENT_LIMIT)}: cut it, or link to where it is kept.`
    throw new AppError('too-large', message, [{ path: 'files', message }])
  }
  const type = typeOf(bytes)
  if (!type)
    throw invalidField(
      'files',
      bytes.length === 0
        ? `${name} is empty.`
        : `${name} is not a PNG, JPEG, WebP, SVG, PDF or UTF-8 text, whatever its name says. Send it as one of them.`,
    )
  if (type !== 'image/png' && type !== 'image/jpeg' && type !== 'image/webp') return { name, type, bytes }
  const clean = withoutMetadata(type, bytes)
  if (!clean)
    throw invalidField('files', `${name} is damaged: it is not built as such an image is. Save it anew and try again.`)
  return { name, type, bytes: clean }
}

function checkedAlternative(text: string): string {
  const words = cleanText(text).text.replace(/\s+/g, ' ').trim()
  if (words.length > LONGEST_ALTERNATIVE)
    throw invalidField('alternative', `At most ${LONGEST_ALTERNATIVE.toLocaleString('en-GB')} characters.`)
  return words
}
