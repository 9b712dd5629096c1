import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { demand } from '#app/identity/actor.ts'
import { invalid } from '#app/identity/fields.ts'
import { peopleHere } from '#app/identity/people.server.ts'
import { recordAudit } from '#app/identity/record-audit.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { listTeams } from '#app/identity/teams.server.ts'
import { dayIn } from '#app/platform/clock.ts'
import { AppError, type FieldError, notFound } from '#app/platform/errors.ts'
import { inTransaction, lockFor, tellingSettings } from '#db/index.server.ts'
import { shuffled } from '../closing/shuffled.server.ts'
import { type Wave, waveFrom } from '../get-wave.server.ts'
import { insertInvited, insertPlaceholders } from '../inviting/ballot-queries.server.ts'
import { questionnaireFor } from '../questionnaires/get-questionnaire.server.ts'
import { itemsOf, type Questionnaire } from '../questionnaires/questionnaire.ts'
import { COLLECTING_DAYS, type GroupNode, LEAST_COLLECTING_MS, LEAST_INVITED, LEAST_K } from '../wave.ts'
import type { WaveContext } from '../wave-context.ts'
import { keepKeys, makeKeys } from '../wave-keys.server.ts'
import { changeWave, waveLock, waveRow } from '../wave-queries.server.ts'
import { charterOf, invitedListText } from './charter.ts'
import { groupTree } from './group-tree.ts'
import { waveTooNear } from './near-waves.server.ts'
import { type Invited, invitedOf } from './resolve-invited.server.ts'

/**
 * Opens a planned wave: freezes its charter and its invited list, makes its keys and a placeholder for everybody. From
 * then on nothing of it can be changed for anyone, but for one extension of the closing.
 * @throws AppError not-found; conflict once it has been opened; invalid with everything that stands against it, each
 * beside its cause: too few invited, another wave too near, dates, stewards, settings of the database.
 */
export async function openWave(context: WaveContext, id: string): Promise<Wave> {
  const { db, clock, actor } = context
  demand(actor, 'administer')
  const [keys, settings] = await Promise.all([makeKeys(), tellingSettings(db)])
  return inTransaction(db, async tx => {
    await lockFor(tx, 'waves')
    await lockFor(tx, waveLock(id))
    const row = await waveRow(tx, id, clock)
    if (!row) throw notFound('This wave')
    const wave = waveFrom(row)
    if (wave.kept !== 'planned') throw new AppError('conflict', 'This wave has been opened already.')
    const { timeZone } = await readSettings(tx)
    const today = dayIn(timeZone, Date.parse(row.now))
    const [questionnaire, invited, stewards, teams] = await Promise.all([
      questionnaireFor(tx, wave.plan.questionnaire),
      invitedOf(tx, wave.plan, today),
      peopleHere(tx, wave.plan.stewardIds, today),
      listTeams(tx),
    ])
    const personIds = invited.map(person => person.personId)
    const near = questionnaire && (await waveTooNear(tx, { ...wave, questionnaire }, personIds))
    const errors = [
      ...complaints(wave, row.now, questionnaire, invited, stewards.size),
      ...(near ? [{ path: 'collectingFrom', message: near }] : []),
      ...settings.map(setting => ({
        path: 'database',
        message: `${setting} Under it the database writes down who did what when. Change it before opening a wave.`,
      })),
    ]
    if (errors.length > 0 || !questionnaire) throw invalid(errors)

    const groups = groupsOf(wave, teams, invited)
    const charter = charterOf({
      ...wave,
      questionnaireSha256: sha256(canonicalize(questionnaire) as string),
      groups,
      stewards: [...stewards.values()].map(steward => steward.name).sort(),
      invited: invited.length,
      invitedSha256: sha256(
        invitedListText(
          invited.map(person => person.email),
          wave.plan.listSalt,
        ),
      ),
      fingerprint: keys.fingerprint,
      origin: context.origin,
    })
    await insertInvited(tx, id, invited)
    await insertPlaceholders(tx, id, shuffled(personIds))
    await changeWave(tx, id, ['planned'], {
      state: 'open',
      questionnaire: JSON.stringify(questionnaire),
      charter: JSON.stringify(charter),
      public_key: keys.publicKey,
      invited: invited.length,
      opened_at: row.now,
      updated_at: row.now,
    })
    await recordAudit(tx, { actor, clock }, { act: 'wave.opened', subject: wave.title })
    keepKeys(context, id, keys)
    const opened = await waveRow(tx, id, clock)
    return waveFrom(opened as NonNullable<typeof opened>)
  })
}

function complaints(
  { plan, collectingFrom, answeringFrom, closesAt }: Wave,
  now: string,
  questionnaire: Questionnaire | null,
  invited: readonly Invited[],
  stewards: number,
): FieldError[] {
  const errors: FieldError[] = []
  const complain = (path: string, message: string) => errors.push({ path, message })
  if (!questionnaire) complain('questionnaire', 'This version of the questionnaire is not there to be asked.')
  else if (plan.languages.some(language => !questionnaire.languages.includes(language)))
    complain('languages', 'The questionnaire does not speak all of these languages.')
  if (plan.languages.length === 0) complain('languages', 'Choose at least one language.')
  if (invited.length < LEAST_INVITED)
    complain('teams', `At least ${LEAST_INVITED} people must be invited; this plan reaches ${invited.length}.`)
  if (!Number.isInteger(plan.k) || plan.k < LEAST_K) complain('k', `k is a whole number from ${LEAST_K} on.`)
  if (collectingFrom > answeringFrom || answeringFrom >= closesAt)
    complain('answeringFrom', 'Collecting comes first, then answering, then the closing.')
  if (closesAt <= now) complain('closesAt', 'That has passed already.')
  else if (Date.parse(answeringFrom) - Date.parse(now) < LEAST_COLLECTING_MS)
    complain(
      'answeringFrom',
      `Answering begins at least ${COLLECTING_DAYS} days after opening, so that everybody can collect long before they answer. Move it, and the closing with it.`,
    )
  if (stewards < new Set(plan.stewardIds).size) complain('stewards', 'One of these stewards is not here any more.')
  const hasComments = questionnaire && itemsOf(questionnaire).some(item => item.kind === 'comment')
  if (hasComments && stewards === 0)
    complain('stewards', 'The questionnaire takes comments: name somebody who may take names out of them.')
  return errors
}

/** Null where there is nothing to choose: none is asked for, or everybody is in the same group. */
function groupsOf(wave: Wave, teams: Parameters<typeof groupTree>[0], invited: readonly Invited[]): GroupNode[] | null {
  const groups = wave.plan.grouping === null ? [] : groupTree(teams, invited)
  return groups.length > 1 ? groups : null
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
