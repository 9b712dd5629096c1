import type { Actor } from '#app/identity/actor.ts'
import type { Clock } from '#app/platform/clock.ts'
import { notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import { computeRelease } from '../disclosure/compute-release.ts'
import type { Release } from '../disclosure/release.ts'
import { findWave, type Wave } from '../get-wave.server.ts'
import type { Questionnaire } from '../questionnaires/questionnaire.ts'
import { inventedAnswers } from './invented-answers.ts'
import { previewWave } from './preview-wave.server.ts'

/** How many dry runs there are to look through. */
export const DRY_RUNS = 20

/**
 * The release that invented answers to a plan would have: which groups would be hidden, and what results look like.
 * Nothing is kept.
 * @throws AppError not-found also where the plan's questionnaire is not there any more.
 */
export async function dryRun(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  id: string,
  seed: number,
): Promise<{ wave: Wave; questionnaire: Questionnaire; release: Release }> {
  const wave = await findWave(db, id, clock)
  if (!wave) throw notFound('This wave')
  const { charter, questionnaire, invited } = await previewWave({ db, clock, actor }, wave)
  if (!questionnaire) throw notFound('This questionnaire')
  const responses = inventedAnswers(
    questionnaire,
    invited.map(person => person.groupId),
    seed,
  )
  const release = computeRelease({
    wave: id,
    questionnaire,
    groups: charter.grouping?.groups ?? null,
    k: charter.k,
    invited: invited.length,
    collected: responses.length,
    responses,
    barred: new Set(),
  })
  return { wave, questionnaire, release }
}
