import type { Tx } from '#db/index.server.ts'
import { waveFrom } from '../get-wave.server.ts'
import { invitedRows } from '../inviting/ballot-queries.server.ts'
import type { Questionnaire } from '../questionnaires/questionnaire.ts'
import { wavesNear } from '../wave-queries.server.ts'
import { mayMeet } from './waves-apart.ts'

/**
 * Another wave that asks some of the same, within four weeks, of almost the same people: subtracting one from the other
 * would tell of the difference.
 * @returns why the two cannot be, as a sentence; null where there is none.
 */
export async function waveTooNear(
  tx: Tx,
  wave: { id: string; collectingFrom: string; closesAt: string; questionnaire: Questionnaire },
  personIds: readonly string[],
): Promise<string | null> {
  const invited = new Set(personIds)
  for (const row of await wavesNear(tx, wave)) {
    const other = waveFrom({ ...row, now: '' })
    if (!other.questionnaire) continue
    const there = new Set((await invitedRows(tx, other.id)).map(person => person.personId))
    const isApart = mayMeet(
      { questionnaire: wave.questionnaire, invited },
      { questionnaire: other.questionnaire, invited: there },
    )
    if (!isApart)
      return `${other.title} asks some of the same questions within four weeks of this wave. Invite the same people or entirely others, or keep the two four weeks apart: otherwise subtracting one from the other could tell of single people.`
  }
  return null
}
