import { type Actor, demand } from '#app/identity/actor.ts'
import { check, invalid } from '#app/identity/fields.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import { difference, recordAudit } from '#app/identity/record-audit.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { listTeams } from '#app/identity/teams.server.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { AppError, type FieldError, notFound } from '#app/platform/errors.ts'
import { firstFree, slugify } from '#app/platform/slug.ts'
import { type Db, inTransaction, lockFor } from '#db/index.server.ts'
import { questionnaireFor } from '../questionnaires/get-questionnaire.server.ts'
import type { WavePlan } from '../wave.ts'
import { allPlans, insertPlan, type PlannedWave, updatePlan } from './plan-queries.server.ts'
import { type PlanInput, planSchema } from './plan-schema.ts'

/**
 * Plans a wave (`id` null) or changes the plan of one that has not been opened.
 * @returns its id, which is made from the first title and stays.
 * @throws AppError invalid by field; not-found; conflict once the wave has been opened.
 */
export async function savePlan(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  id: string | null,
  given: PlanInput,
): Promise<string> {
  demand(actor, 'administer')
  const { title, collectingFrom, answeringFrom, closesAt, ...plan } = check(planSchema, given)
  return inTransaction(db, async tx => {
    await lockFor(tx, 'waves')
    const waves = await allPlans(tx)
    const before = waves.find(wave => wave.id === id)
    if (id !== null && !before) throw notFound('This wave')
    await checkReferences(tx, plan)
    if (closesAt <= isoNow(clock)) throw invalid([{ path: 'closesAt', message: 'That has passed already.' }])
    const wave: PlannedWave = {
      id: id ?? firstFree(slugify(title, 60), new Set([...RESERVED, ...waves.map(one => one.id)])),
      title,
      plan,
      collectingFrom,
      answeringFrom,
      closesAt,
      previousId: waves.find(one => isBefore(one, { id, plan, collectingFrom }))?.id ?? null,
    }
    const now = isoNow(clock)
    if (!before) await insertPlan(tx, wave, now)
    else if (!(await updatePlan(tx, wave, now)))
      throw new AppError('conflict', 'This wave has been opened meanwhile; its plan is frozen.')
    const changes = before ? difference(before.plan, plan) : null
    const act = before ? 'wave.plan-changed' : 'wave.planned'
    await recordAudit(tx, { actor, clock }, { act, subject: title, ...changes })
    return wave.id
  })
}

/** Addresses below /surveys that are no waves. */
const RESERVED = ['new', 'questionnaires', 'other']

/** Whether a wave is an earlier one of the same survey. */
function isBefore(
  wave: { id: string; state: string; plan: WavePlan; closesAt: string },
  planned: { id: string | null; plan: WavePlan; collectingFrom: string },
): boolean {
  return (
    wave.id !== planned.id &&
    wave.state !== 'abandoned' &&
    wave.plan.questionnaire.id === planned.plan.questionnaire.id &&
    wave.closesAt <= planned.collectingFrom
  )
}

/** @throws AppError invalid where the plan names what is not there. */
async function checkReferences(db: Db, plan: WavePlan): Promise<void> {
  const errors: FieldError[] = []
  const [questionnaire, settings, teams, people] = await Promise.all([
    questionnaireFor(db, plan.questionnaire),
    readSettings(db),
    listTeams(db),
    peopleByIds(db, [...plan.personIds, ...plan.stewardIds]),
  ])
  if (!questionnaire)
    errors.push({ path: 'questionnaire', message: 'Choose an instrument, or a published version of your own.' })
  const missing = plan.languages.filter(language => questionnaire && !questionnaire.languages.includes(language))
  if (missing.length > 0)
    errors.push({ path: 'languages', message: `The questionnaire does not speak ${missing.join(', ')}.` })
  if (plan.k < settings.disclosureThreshold)
    errors.push({ path: 'k', message: `Your organisation asks for at least ${settings.disclosureThreshold}.` })
  const known = new Set(teams.map(team => team.id))
  if (plan.teamIds.some(team => !known.has(team)))
    errors.push({ path: 'teams', message: 'Choose teams from the list.' })
  if (plan.personIds.some(person => !people.has(person)))
    errors.push({ path: 'people', message: 'One of these people is not here any more.' })
  if (plan.stewardIds.some(person => !people.has(person)))
    errors.push({ path: 'stewards', message: 'One of these people is not here any more.' })
  if (errors.length > 0) throw invalid(errors)
}
