/** What this room shows, and asks, of the rooms above: the composition root fills it. */
import type { Actor } from '#app/identity/actor.ts'
import type { ForumMention } from '#app/incidents/incident-slots.ts'
import type { Db } from '#db/index.server.ts'

/** A guide that may help where no postmortem does. */
export interface GuideMention {
  slug: string
  title: string
}

declare module '#app/platform/slots.ts' {
  interface SlotMap {
    /** Whether this person leads a forum to come on whose agenda the postmortem is: then its draft is theirs to read. */
    'postmortems.on-own-agenda': (
      context: { db: Db; actor: Actor },
      subject: { postmortemId: string; incidentId: string | null },
    ) => Promise<boolean>
    /** Forums that discussed it, or will, the latest first. */
    'postmortems.forums': (
      context: { db: Db; actor: Actor },
      subject: { postmortemId: string; incidentId: string | null },
    ) => Promise<ForumMention[]>
    /** Guides that words come near to, the nearest first. */
    'postmortems.guides': (context: { db: Db; actor: Actor }, words: string) => Promise<GuideMention[]>
  }
}
