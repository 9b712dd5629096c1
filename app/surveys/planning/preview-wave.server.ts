/** A wave before it opens, as it will be: its charter, its questions, whom it reaches, and who could not take part. */

import { accountHolders } from '#app/identity/account-holders.server.ts'
import { type Actor, demand } from '#app/identity/actor.ts'
import { peopleByIds } from '#app/identity/people.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { listTeams } from '#app/identity/teams.server.ts'
import { type Clock, dayIn } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import type { Wave } from '../get-wave.server.ts'
import { questionnaireFor } from '../questionnaires/get-questionnaire.server.ts'
import type { Questionnaire } from '../questionnaires/questionnaire.ts'
import type { Charter } from '../wave.ts'
import { charterOf } from './charter.ts'
import { groupTree } from './group-tree.ts'
import { type Invited, invitedOf } from './resolve-invited.server.ts'

export interface WavePreview {
  /** What is made at opening only (hashes, the key) is empty. */
  charter: Charter
  /** Null where the plan names one that is not there any more. */
  questionnaire: Questionnaire | null
  invited: Invited[]
  /** Invited people who cannot collect a ballot because they have no account. */
  withoutAccount: { id: string; name: string }[]
}

/** A fixed number of queries, but for slices of 500 people. */
export async function previewWave(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  wave: Wave,
): Promise<WavePreview> {
  demand(actor, 'administer')
  const { timeZone } = await readSettings(db)
  const [questionnaire, invited, teams, stewards] = await Promise.all([
    questionnaireFor(db, wave.plan.questionnaire),
    invitedOf(db, wave.plan, dayIn(timeZone, clock.now())),
    listTeams(db),
    peopleByIds(db, wave.plan.stewardIds),
  ])
  const holders = await accountHolders(
    db,
    invited.map(person => person.personId),
  )
  const charter = charterOf({
    ...wave,
    questionnaireSha256: '',
    groups: wave.plan.grouping === null ? null : groupTree(teams, invited),
    stewards: [...stewards.values()].map(steward => steward.name).sort(),
    invited: invited.length,
    invitedSha256: '',
    fingerprint: '',
    origin: null,
  })
  const withoutAccount = invited
    .filter(person => !holders.has(person.personId))
    .map(({ personId, name }) => ({ id: personId, name }))
  return { charter, questionnaire, invited, withoutAccount }
}
