/** What every program does with a database before using it: wire the rooms, migrate, plant what must exist. */
import { followIncidents } from '#app/postmortems/follow-incidents.server.ts'
import { followThemes } from '#app/postmortems/follow-theme-merge.server.ts'
import { plantThemes } from '#app/themes/plant-themes.server.ts'
import { type Db, type MigrationReport, migrate } from '#db/index.server.ts'
import type { Clock } from './platform/clock.ts'
import { subscribe } from './platform/events.ts'

/** Subscribes the higher rooms to the lower ones. Doing it twice changes nothing. */
export function wireRooms(): void {
  followThemes({ subscribe })
  followIncidents({ subscribe })
}

export async function prepareDatabase({ db, clock }: { db: Db; clock: Clock }): Promise<MigrationReport> {
  wireRooms()
  const report = await migrate(db)
  await plantThemes({ db, clock })
  return report
}
