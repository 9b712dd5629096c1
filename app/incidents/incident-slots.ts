/** What this room's pages show of the rooms above: the composition root fills it. */
import type { Actor } from '#app/identity/actor.ts'
import type { Db } from '#db/index.server.ts'

export interface IncidentPostmortem {
  slug: string
  title: string
  /** draft, in review or published. */
  status: string
}

/** A forum that discussed something, or will. */
export interface ForumMention {
  forumId: string
  title: string
  startsAt: string
  /** Whether it has been discussed; else it is on the agenda. */
  isOver: boolean
  /** What came of it, in a sentence; null before. */
  outcome: string | null
}

/** A published postmortem that an incident resembles. */
export interface SeenMention {
  slug: string
  title: string
  key: string | null
  at: string | null
  /** What they share, in words. */
  reason: string
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
    /** Forums that discussed an incident, or will, the latest first. */
    'incidents.forums': (context: { db: Db; actor: Actor }, incidentId: string) => Promise<ForumMention[]>
    /** The address at which somebody asks that a forum discuss an incident. */
    'incidents.suggest-for-forum': (key: string) => string
    /** Postmortems that an incident resembles, the most alike first. */
    'incidents.seen-before': (
      context: { db: Db; actor: Actor },
      incident: { id: string; key: string; title: string; summary: string; services: readonly string[] },
    ) => Promise<SeenMention[]>
    /** The address to which a form is posted that begins the postmortem of an incident. */
    'incidents.begin-postmortem': (key: string) => string
  }
}
