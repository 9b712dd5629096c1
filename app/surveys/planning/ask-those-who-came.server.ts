/** A small wave about something that people came to: planned and opened at once, for they alone can say how it was. */
import { randomBytes } from 'node:crypto'
import { inTransaction } from '#db/index.server.ts'
import type { Wave } from '../get-wave.server.ts'
import type { WaveContext } from '../wave-context.ts'
import { openWave } from './open-wave.server.ts'
import type { PlanInput } from './plan-schema.ts'
import { savePlan } from './save-plan.server.ts'

/** Without groups, comments and repetition: with few people each of them would tell too much. */
export type AboutIt = Pick<
  PlanInput,
  'title' | 'questionnaire' | 'languages' | 'collectingFrom' | 'answeringFrom' | 'closesAt' | 'k'
>

/**
 * Joins the caller's transaction, so that nothing stays of a wave that may not be.
 * @param personIds who came. Who that is is shown to nobody, neither by name nor by the charter's hash.
 * @throws AppError as planning and opening do: invalid with everything that stands against it.
 */
export function askThoseWhoCame(context: WaveContext, about: AboutIt, personIds: readonly string[]): Promise<Wave> {
  return inTransaction(context.db, async tx => {
    const within = { ...context, db: tx }
    const id = await savePlan(within, null, {
      ...about,
      teamIds: [],
      personIds: [...personIds],
      grouping: null,
      stewardIds: [],
      isStrict: false,
      isKiosk: false,
      repeatMonths: null,
      listSalt: randomBytes(32).toString('hex'),
    })
    return openWave(within, id)
  })
}
