/** What this room's pages show of the rooms above: the composition root fills it. */
import type { Actor } from '#app/identity/actor.ts'
import type { Db } from '#db/index.server.ts'

export interface IncidentPostmortem {
  slug: string
  title: string
  /** draft, in review or published. */
  status: string
}

declare module '#app/platform/slots.ts' {
  interface SlotMap {
    /** The postmortems of incidents that this person may see, by the incident's id. */
    'incidents.postmortems': (
      context: { db: Db; actor: Actor },
      incidentIds: string[],
    ) => Promise<Map<string, IncidentPostmortem[]>>
    /** Ids of incidents whose published postmortem carries the theme with this slug. */
    'incidents.carrying-theme': (db: Db, slug: string) => Promise<string[]>
    /** The address to which a form is posted that begins the postmortem of an incident. */
    'incidents.begin-postmortem': (key: string) => string
  }
}
