/** What the library shows of guides. The composition root calls it once. */
import '#app/postmortems/postmortem-slots.ts'
import type { fillSlot } from '#app/platform/slots.ts'
import { nearest } from '#app/search/nearness.ts'
import { listGuides } from './guides.server.ts'

const MOST = 3

export function fillLibrarySlots(fill: typeof fillSlot): void {
  fill('postmortems.guides', async (_, words) =>
    nearest(words, listGuides(), guide => [guide.title, guide.summary], MOST).map(({ slug, title }) => ({
      slug,
      title,
    })),
  )
}
