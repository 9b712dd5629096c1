/** What this room does by itself: plans, invites, reminds, mails records, forgets who was present for how long. */
import { readSettings } from '#app/identity/settings.server.ts'
import { isoNow } from '#app/platform/clock.ts'
import { dailySlot } from '#app/platform/job-slots.ts'
import type { Job } from '#app/platform/jobs.server.ts'
import type { Office } from '#app/platform/office.server.ts'
import { inTransaction } from '#db/index.server.ts'
import { forumsWithRawPresence, updateForum } from './forum-queries.server.ts'
import { fitAllGuests } from './guests.server.ts'
import { erasePresence } from './live-queries.server.ts'
import {
  lately,
  mailConfirmations,
  mailInvitations,
  mailPreReads,
  mailRecords,
  toReadBefore,
  uninvited,
} from './mail-forums.server.ts'
import { planForums } from './plan-forums.server.ts'

const HOUR = 8
const PRESENCE_DAYS = 30
const DAY_MS = 86_400_000

export function forumJobs(office: Office): Job[] {
  const { db, clock, origin } = office
  const morning = async (now: number) => dailySlot(now, (await readSettings(db)).timeZone, HOUR)
  return [
    {
      name: 'plan-forums',
      slotAt: now => new Date(now).toISOString().slice(0, 13),
      run: () => planForums({ db, clock }),
    },
    {
      name: 'forum-invitations',
      slotAt: now => (origin ? inTurn(now, () => uninvited(office)) : null),
      run: turn => mailInvitations(office, turn),
    },
    {
      name: 'forum-guests',
      slotAt: async now => (origin ? morning(now) : null),
      run: () => fitAllGuests({ db, clock }),
    },
    {
      name: 'forum-pre-reads',
      slotAt: now => (origin ? inTurn(now, () => toReadBefore(office)) : null),
      run: turn => mailPreReads(office, turn),
    },
    {
      name: 'forum-records',
      slotAt: now => (origin ? inTurn(now, () => lately(office)) : null),
      run: turn => mailRecords(office, turn),
    },
    {
      name: 'forum-confirmations',
      slotAt: async now => (origin ? morning(now) : null),
      run: turn => mailConfirmations(office, turn),
    },
    {
      name: 'forget-presence',
      slotAt: now => new Date(now).toISOString().slice(0, 10),
      run: () => forgetPresence(office),
    },
  ]
}

/** One of those that wait, another one each minute: a forum whose mails fail does not hold up the rest. */
async function inTurn(now: number, waiting: () => Promise<string[]>): Promise<string | null> {
  const slots = await waiting()
  return slots[Math.floor(now / 60_000) % slots.length] ?? null
}

/** After 30 days only whether somebody attended is known. */
export async function forgetPresence({ db, clock }: Pick<Office, 'db' | 'clock'>): Promise<void> {
  await inTransaction(db, async tx => {
    const ids = await forumsWithRawPresence(tx, new Date(clock.now() - PRESENCE_DAYS * DAY_MS).toISOString())
    await erasePresence(tx, ids)
    for (const id of ids) await updateForum(tx, id, { presence_erased_at: isoNow(clock) })
  })
}
