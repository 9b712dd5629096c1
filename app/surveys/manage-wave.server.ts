/** What an administrator does with a wave on its page, by the button that was pressed. */
import { invalidField } from '#app/platform/errors.ts'
import { momentOfWall } from '#app/platform/wall-time.ts'
import { abandonWave } from './abandon-wave.server.ts'
import { closeWave } from './closing/close-wave.server.ts'
import { extendWave } from './extend-wave.server.ts'
import type { Wave } from './get-wave.server.ts'
import { openWave } from './planning/open-wave.server.ts'
import { publishWave } from './results/publish-wave.server.ts'
import type { WaveContext } from './wave-context.ts'

export const ACTS = ['open', 'extend', 'close', 'publish', 'abandon'] as const
export type Act = (typeof ACTS)[number]

export interface ManageInput {
  act: string
  /** The box beside what cannot be undone was ticked. */
  isConfirmed: boolean
  /** A wall time of the organisation's zone, to extend. */
  closesAt: string
  /** Why it is abandoned. */
  why: string
}

/**
 * @param timeZone the organisation's.
 * @throws AppError invalid without a confirmation, and whatever the act itself throws.
 */
export function manageWave(
  context: WaveContext,
  id: string,
  { act, isConfirmed, closesAt, why }: ManageInput,
  timeZone: string,
): Promise<Wave> {
  if (!(ACTS as readonly string[]).includes(act)) throw invalidField('act', 'Candor did not understand what to do.')
  if (act === 'extend') {
    const moment = momentOfWall(timeZone, closesAt)
    if (moment === null) throw invalidField('closesAt', 'Write a day and a time.')
    return extendWave(context, id, new Date(moment).toISOString())
  }
  if (!isConfirmed) throw invalidField(`confirm-${act}`, 'Tick the box: this cannot be undone.')
  if (act === 'open') return openWave(context, id)
  if (act === 'close') return closeWave(context, id)
  if (act === 'publish') return publishWave(context, id)
  return abandonWave(context, id, why)
}
