/** Opens the sealed responses of a wave, once, when it is closing, and holds each against its marks. */
import { timingSafeEqual } from 'node:crypto'
import type { Db } from '#db/index.server.ts'
import { contentTagOf, receiptsOf } from '../casting/cast-response.server.ts'
import { fromBase64Url } from '../casting/receipts.ts'
import { responsesAfter } from '../casting/response-queries.server.ts'
import { openerOf } from '../casting/seal.server.ts'
import type { OpenedResponse, WaveResponse } from '../wave.ts'
import { type KeyedWave, type KeyPlace, keysOf, openingKeyOf } from '../wave-keys.server.ts'
import type { BulletinEntry } from './bulletin-queries.server.ts'

/** One response, opened: its entry in the bulletin, and what was answered. They part ways at once. */
export interface OpenedBallot extends BulletinEntry {
  commentReceipts: string[]
  given: OpenedResponse
}

/** Opened together: WebCrypto works in threads. */
const PAGE = 200

/**
 * @returns every response whose receipts come out as they were given, and how many did not: rows that somebody changed.
 * @throws AppError gone where the keys are not here.
 */
export async function openResponses(
  context: KeyPlace & { db: Db },
  wave: KeyedWave,
): Promise<{ ballots: OpenedBallot[]; unreadable: number }> {
  const { marking } = keysOf(context, wave)
  const open = await openerOf(openingKeyOf(context, wave), wave.id)
  const ballots: OpenedBallot[] = []
  let unreadable = 0
  for (let after = ''; ; ) {
    const rows = await responsesAfter(context.db, wave.id, after, PAGE)
    const opened = await Promise.all(
      rows.map(async ({ sealed, contentTag }) => {
        const text = await open(sealed)
        const ballot = text === null ? null : await ballotOf(JSON.parse(text) as WaveResponse)
        if (!ballot) return null
        const tag = contentTagOf(marking, bytesOf(ballot.serial), ballot.receipt, ballot.commentReceipts)
        const [one, other] = [Buffer.from(tag), Buffer.from(contentTag)]
        return one.length === other.length && timingSafeEqual(one, other) ? ballot : null
      }),
    )
    for (const ballot of opened)
      if (ballot) ballots.push(ballot)
      else unreadable++
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return { ballots, unreadable }
    after = last.tag
  }
}

async function ballotOf(response: WaveResponse): Promise<OpenedBallot> {
  const { serial, prefix, signature, nonce, answers, group, comments } = response
  const { receipt, commentReceipts } = await receiptsOf(bytesOf(serial), {
    nonce: bytesOf(nonce),
    answers,
    group,
    comments: comments.map(comment => ({ ...comment, nonce: bytesOf(comment.nonce) })),
  })
  const given = { answers, group, comments: comments.map(({ item, text }) => ({ item, text })) }
  return { serial, prefix, signature, receipt, commentReceipts, given }
}

function bytesOf(encoded: string): Uint8Array {
  return fromBase64Url(encoded) ?? new Uint8Array()
}
