import type { Actor } from '#app/identity/actor.ts'
import { cleanText } from '#app/platform/clean-text.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { invalidField, notFound } from '#app/platform/errors.ts'
import { sha256 } from '#app/platform/ids.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { recordsByIds, visibleRow } from './read-postmortem.server.ts'
import { reviewersOf, saveVerdict } from './review-queries.server.ts'
import { reviewedText, VERDICTS } from './review-state.ts'

const LONGEST = 1_000

/**
 * A reviewer's word on the text as it stands now; saying it again replaces what was said.
 * @throws AppError not-found for those who were not asked; invalid when changes are asked for and none is named.
 */
export async function decideReview(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  slug: string,
  input: { verdict: string; sentence: string },
): Promise<void> {
  const verdict = VERDICTS.find(one => one === input.verdict)
  const sentence = cleanText(input.sentence).text.trim()
  await inTransaction(db, async tx => {
    const row = await visibleRow({ db: tx, actor }, slug)
    const isAsked = (await reviewersOf(tx, row.id)).some(one => one.person_id === actor.personId)
    if (!isAsked) throw notFound('This review')
    if (!verdict) throw invalidField('verdict', 'Say whether you approve it or ask for changes.')
    if (verdict === 'changes' && !sentence) throw invalidField('sentence', 'Say what should change, in a sentence.')
    if (sentence.length > LONGEST)
      throw invalidField(
        'sentence',
        `At most ${LONGEST.toLocaleString('en-GB')} characters: comments have room for more.`,
      )
    const record = (await recordsByIds(tx, [row.id])).get(row.id)!
    await saveVerdict(tx, {
      postmortem_id: row.id,
      person_id: actor.personId,
      verdict,
      sentence: sentence || null,
      decided_at: isoNow(clock),
      decided_hash: sha256(reviewedText(record)),
    })
  })
}
