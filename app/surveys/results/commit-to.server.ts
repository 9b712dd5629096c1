import type { Actor } from '#app/identity/actor.ts'
import { demand } from '#app/identity/actor.ts'
import { isStorable, line } from '#app/identity/fields.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, invalidField, notFound } from '#app/platform/errors.ts'
import { newId } from '#app/platform/ids.server.ts'
import { findActionItem } from '#app/postmortems/find-action-item.server.ts'
import type { Db } from '#db/index.server.ts'
import { findWave } from '../get-wave.server.ts'
import { itemsOf } from '../questionnaires/questionnaire.ts'
import { deleteCommitment, insertCommitment } from './results-queries.server.ts'
import { releaseFor } from './results-view.server.ts'

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

const sentence = line('what will be done', 500)

/**
 * Says what the organisation will do about a result, for everybody who sees it.
 * @param input.item the question it answers, or empty for the whole; input.action the id of an action item, or empty.
 * @throws AppError not-found; invalid naming text, item or action.
 */
export async function commitTo(
  context: Context,
  waveId: string,
  input: { text: string; item: string; action: string },
): Promise<void> {
  const { db, clock, actor } = context
  demand(actor, 'administer')
  const found = await findWave(db, waveId, clock)
  if (!found) throw notFound()
  const wave = releaseFor(found, actor)
  const text = sentence.safeParse(input.text)
  if (!text.success) throw invalidField('text', text.error.issues[0]?.message ?? 'Say what will be done.')
  if (input.item && !itemsOf(wave.questionnaire).some(item => item.id === input.item))
    throw invalidField('item', 'Choose from the list of questions.')
  await insertCommitment(db, {
    id: newId(),
    wave_id: wave.id,
    item: input.item || null,
    text: text.data,
    action_item_id: await actionIn(context, input.action),
    created_at: isoNow(clock),
    created_by: actor.personId,
  })
}

/** Takes one back. @throws AppError not-found. */
export async function withdrawCommitment({ db, actor }: Context, waveId: string, id: string): Promise<void> {
  demand(actor, 'administer')
  if (!isStorable(id) || !(await deleteCommitment(db, waveId, id))) throw notFound()
}

async function actionIn(context: Context, id: string): Promise<string | null> {
  if (!id) return null
  try {
    return (await findActionItem(context, id)).id
  } catch (error) {
    if (error instanceof AppError) throw invalidField('action', 'Choose from the list of action items.')
    throw error
  }
}
