/** Postmortems and hits as the API gives them. */
import { type Actor, can } from '#app/identity/actor.ts'
import type { Clock } from '#app/platform/clock.ts'
import { isoNow } from '#app/platform/clock.ts'
import { AppError, invalidField } from '#app/platform/errors.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import type { PostmortemBody } from './api.ts'
import { editPostmortem, recordToEdit } from './edit-postmortem.server.ts'
import { countListed, listedIds } from './listed-queries.server.ts'
import { postmortemsByIds } from './postmortem-queries.server.ts'
import { type ReadPostmortem, readPostmortem, readRecords } from './read-postmortem.server.ts'
import { emptyRecord, MOMENTS, type PostmortemRecord } from './record.ts'
import { orderErrors } from './record-form.server.ts'
import { lockRoom, saveRecords } from './save-records.server.ts'
import { PASTED, type searchLibrary } from './search-library.server.ts'

interface Asking {
  db: Db
  clock: Clock
  actor: Actor
}

export function resourceOf(read: ReadPostmortem, origin: string) {
  return {
    slug: read.slug,
    url: `${origin}/library/${read.slug}`,
    revision: read.revision,
    isRestricted: read.isRestricted,
    archivedAt: read.archivedAt,
    ...read.record,
  }
}

/** A page of the postmortems this actor may list: published ones for all, drafts for editors or their authors. */
export async function listPostmortems(
  { db, actor }: Asking,
  status: string,
  page: { offset: number; limit: number },
  origin: string,
) {
  const authorId = status === 'published' || can(actor, 'see every draft') ? null : actor.personId
  const [ids, total] = await Promise.all([
    listedIds(db, { status, authorId }, page),
    countListed(db, { status, authorId }),
  ])
  const rows = await postmortemsByIds(db, ids)
  const { view } = await readRecords(db, rows)
  const byId = new Map(rows.map(row => [row.id, row]))
  const items = ids.flatMap(id => {
    const row = byId.get(id)
    if (!row) return []
    const { incident } = view(row)
    return {
      slug: row.slug,
      key: incident?.key ?? null,
      externalId: row.external_id,
      title: row.title,
      url: `${origin}/library/${row.slug}`,
      status: row.status,
      severity: incident?.severity ?? row.severity,
      publishedAt: row.published_at,
      updatedAt: row.updated_at,
      isPublic: row.is_public === 1,
    }
  })
  return { items, total }
}

/** @throws AppError invalid when a member publishes; conflict when its external id is taken. */
export async function createPostmortem(context: Asking, body: PostmortemBody & { title: string }): Promise<string> {
  const empty = emptyRecord(body.title)
  const record: PostmortemRecord = {
    ...empty,
    authors: [context.actor.email],
    ...body,
    status: body.status ?? 'draft',
    sections: { ...empty.sections, ...body.sections },
  }
  refuseWrongOrder(record)
  if (record.status === 'published') {
    if (!can(context.actor, 'edit the library'))
      throw invalidField('status', 'Only editors publish. Leave it a draft, or ‘in review’.')
    record.publishedAt ??= isoNow(context.clock)
  }
  const [saved] = await inTransaction(context.db, tx =>
    saveRecords(tx, context, [{ record, note: 'Written through the API' }]),
  )
  return (saved as { slug: string }).slug
}

/** @throws AppError not-found for those who may not edit it. */
export async function changePostmortem(context: Asking, slug: string, body: PostmortemBody): Promise<void> {
  await inTransaction(context.db, async tx => {
    // Autosaves of one sitting are one revision, so its number alone does not say that nothing came between.
    await lockRoom(tx)
    const inside = { ...context, db: tx }
    const { record, revision } = await recordToEdit(inside, slug)
    const changed: PostmortemRecord = { ...record, ...body, sections: { ...record.sections, ...body.sections } }
    if (MOMENTS.some(moment => moment in body)) refuseWrongOrder(changed)
    await editPostmortem(inside, slug, { record: changed, expected: revision, note: 'Changed through the API' })
  })
}

export async function readResource(context: Asking, slug: string, origin: string) {
  return resourceOf(await readPostmortem(context, slug), origin)
}

function refuseWrongOrder(record: PostmortemRecord): void {
  const errors = orderErrors(record)
  if (errors.length) throw new AppError('invalid', 'The moments are not in their order.', errors)
}

/** What a search answers to the API and to the terminal. @param origin what the addresses of hits begin with. */
export function searchAnswer(
  found: Awaited<ReturnType<typeof searchLibrary>>,
  origin: string,
  nextCursor: string | null,
) {
  return {
    total: found.total,
    items: found.hits.map(hit => ({
      slug: hit.slug,
      key: hit.key,
      externalId: hit.externalId,
      title: hit.title,
      url: `${origin}/library/${hit.slug}`,
      severity: hit.severity,
      services: named(hit.services),
      themes: named(hit.themes),
      publishedAt: hit.publishedAt,
      snippet: hit.snippet,
    })),
    facets: found.facets,
    didYouMean: found.didYouMean,
    notices: found.paste
      ? [`Read as ${PASTED[found.paste.kind]}; searched for: ${found.paste.used.join(', ')}.`, ...found.notices]
      : found.notices,
    nextCursor,
  }
}

function named(list: { value: string; label: string }[]) {
  return list.map(({ value, label }) => ({ slug: value, name: label }))
}
