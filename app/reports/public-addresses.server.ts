/** Addresses at which anybody may read chosen chapters of a report, for as long as they are not revoked. */
import { type Actor, demand } from '#app/identity/actor.ts'
import { isStorable } from '#app/identity/fields.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { invalidField, notFound } from '#app/platform/errors.ts'
import { newId, newSecret, sha256 } from '#app/platform/ids.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { addressesOf, editionBehind, insertAddress, revokeAddressRow } from './address-queries.server.ts'
import { editionFrom } from './frozen-edition.server.ts'
import { editionOfChapters } from './public-content.ts'
import { CHAPTERS, type ChapterId, type Edition } from './report.ts'
import { editionOf, reportByPeriod } from './report-queries.server.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

export interface PublicAddress {
  id: string
  chapters: ChapterId[]
  createdAt: string
  revokedAt: string | null
}

/** The addresses of a published report, and the chapters that it has. @throws AppError not-found. */
export async function publicAddresses({ db, actor }: Omit<Context, 'clock'>, key: string) {
  const { id, edition } = await published(db, actor, key)
  const lines = await addressesOf(db, id)
  return {
    title: edition.content.period.title,
    chapters: edition.content.chapters.map(chapter => chapter.id),
    addresses: lines.map((line): PublicAddress => ({ ...line, chapters: JSON.parse(line.chapters) })),
  }
}

/**
 * Makes an address that shows the newest edition's chosen chapters to whoever has it.
 * @returns its secret part: shown once, kept only as a hash.
 * @throws AppError not-found for who may not publish and where nothing is published; invalid naming chapters.
 */
export async function openAddress({ db, clock, actor }: Context, key: string, chosen: string[]): Promise<string> {
  const { id, edition } = await published(db, actor, key)
  const chapters = CHAPTERS.filter(chapter => chosen.includes(chapter))
  if (chapters.length === 0) throw invalidField('chapter', 'Choose at least one chapter.')
  const secret = newSecret()
  await inTransaction(db, async tx => {
    await insertAddress(tx, {
      id: newId(),
      report_id: id,
      secret_hash: sha256(secret),
      chapters: JSON.stringify(chapters),
      created_at: isoNow(clock),
      creator_id: actor.personId || null,
      revoked_at: null,
    })
    await recordAudit(
      tx,
      { actor, clock },
      { act: 'report.public-address-made', subject: edition.content.period.title, after: { chapters } },
    )
  })
  return secret
}

/** From now on the address shows nothing, for good. @throws AppError not-found. */
export async function revokeAddress({ db, clock, actor }: Context, key: string, address: string): Promise<void> {
  const { id, edition } = await published(db, actor, key)
  await inTransaction(db, async tx => {
    if (!isStorable(address) || !(await revokeAddressRow(tx, id, address, isoNow(clock))))
      throw notFound('This address')
    await recordAudit(
      tx,
      { actor, clock },
      { act: 'report.public-address-revoked', subject: edition.content.period.title },
    )
  })
}

/**
 * What an address shows: the chosen chapters of the newest edition and nothing of the others.
 * @throws AppError not-found, the same for an address that never was and one that was revoked.
 */
export async function readPublicEdition(db: Db, secret: string): Promise<Edition> {
  const found = await editionBehind(db, sha256(secret))
  if (!found) throw notFound('This report')
  return editionOfChapters(editionFrom(found.row), JSON.parse(found.chapters))
}

async function published(db: Db, actor: Actor, key: string) {
  demand(actor, 'publish reports')
  const report = isStorable(key) ? await reportByPeriod(db, key) : undefined
  const row = report && (await editionOf(db, report.id, null))
  if (!report || !row) throw notFound('This report')
  return { id: report.id, edition: editionFrom(row) }
}
