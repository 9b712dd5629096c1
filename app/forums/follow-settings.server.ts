/** Keeps the forums to come in step with the organisation's days off. */
import type { Clock } from '#app/platform/clock.ts'
import type { Events } from '#app/platform/events.ts'
import { lockFor, type Tx } from '#db/index.server.ts'
import { ROOM_LOCK } from './change-forum.server.ts'
import { fitSeries } from './plan-forums.server.ts'
import { runningSeries } from './series-queries.server.ts'
import '#app/identity/settings-events.ts'

/** For the composition root. Doing it twice changes nothing. */
export function followSettingsInForums(events: Pick<Events, 'subscribe'>): void {
  events.subscribe('settings.changed', followChange)
}

async function followChange(tx: Tx, { changed, clock }: { changed: readonly string[]; clock: Clock }): Promise<void> {
  if (!changed.includes('daysOff')) return
  await lockFor(tx, ROOM_LOCK)
  for (const { id } of await runningSeries(tx)) await fitSeries(tx, { clock }, id)
}
