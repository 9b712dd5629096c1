/** What every program does with a database before using it: wire the rooms, migrate, plant what must exist. */
import { fillForumSlots } from '#app/forums/fill-slots.server.ts'
import { followSettingsInForums } from '#app/forums/follow-settings.server.ts'
import { followThemesInForums } from '#app/forums/follow-theme-merge.server.ts'
import { fillLibrarySlots } from '#app/learning/fill-slots.server.ts'
import { fillIncidentSlots } from '#app/postmortems/fill-incident-slots.server.ts'
import { followIncidents } from '#app/postmortems/follow-incidents.server.ts'
import { followThemes } from '#app/postmortems/follow-theme-merge.server.ts'
import { plantThemes } from '#app/themes/plant-themes.server.ts'
import { type Db, type MigrationReport, migrate } from '#db/index.server.ts'
import type { Clock } from './platform/clock.ts'
import { subscribe } from './platform/events.ts'
import { fillSlot } from './platform/slots.ts'

/** Subscribes the higher rooms to the lower ones and lets them fill the lower ones' slots. Doing it twice changes nothing. */
export function wireRooms(): void {
  followThemes({ subscribe })
  followIncidents({ subscribe })
  followThemesInForums({ subscribe })
  followSettingsInForums({ subscribe })
  fillIncidentSlots(fillSlot)
  fillForumSlots(fillSlot)
  fillLibrarySlots(fillSlot)
}

export async function prepareDatabase({ db, clock }: { db: Db; clock: Clock }): Promise<MigrationReport> {
  wireRooms()
  const report = await migrate(db)
  await plantThemes({ db, clock })
  return report
}
