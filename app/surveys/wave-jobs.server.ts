/** What waves do by themselves. Opening is a button, but for what a forum asks; closing, counting and erasing are not left to anybody's memory. */
import { terminalActor } from '#app/identity/auth.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { type Clock, dayIn, isoNow } from '#app/platform/clock.ts'
import { dailySlot } from '#app/platform/job-slots.ts'
import type { Job } from '#app/platform/jobs.server.ts'
import { type Db, inTransaction, scrubTables } from '#db/index.server.ts'
import { abandonWave } from './abandon-wave.server.ts'
import { closeWave } from './closing/close-wave.server.ts'
import { countCollected, deletePlaceholders, wavesWithOldPlaceholders } from './inviting/ballot-queries.server.ts'
import { publishDueComments } from './results/publish-comments.server.ts'
import { publishWave } from './results/publish-wave.server.ts'
import { PLACEHOLDER_DAYS } from './wave.ts'
import { hasKeys, type KeyPlace } from './wave-keys.server.ts'
import { changeWave, wavesIn } from './wave-queries.server.ts'

type JobSite = KeyPlace & { db: Db; clock: Clock }

/** At night, when nobody's collecting changes the number under their eyes. */
const NIGHT_HOUR = 3

/** The jobs of waves; each may be done by any instance, and done again without harm. */
export function waveJobs(site: JobSite): Job[] {
  const { db, clock } = site
  const nightly = async (now: number) => dailySlot(now, (await readSettings(db)).timeZone, NIGHT_HOUR)
  return [
    {
      name: 'close-waves',
      // A minute is a slot, so that a closing that was interrupted goes on soon.
      slotAt: async now => ((await wavesToClose(site)).length > 0 ? new Date(now).toISOString().slice(0, 16) : null),
      async run({ once }) {
        for (const id of await wavesToClose(site))
          await once(id, async () => void (await closeWave(asItself(site), id)))
      },
    },
    {
      name: 'publish-waves',
      slotAt: async now => ((await wavesToPublish(site)).length > 0 ? new Date(now).toISOString().slice(0, 16) : null),
      async run({ once }) {
        for (const id of await wavesToPublish(site))
          await once(id, async () => void (await publishWave(asItself(site), id)))
      },
    },
    {
      name: 'publish-comments',
      slotAt: now => new Date(now).toISOString().slice(0, 13),
      run: async () => void (await publishDueComments({ db, clock })),
    },
    { name: 'count-collected', slotAt: nightly, run: () => countBallots(site) },
    { name: 'erase-placeholders', slotAt: nightly, run: () => erasePlaceholders(site) },
    { name: 'finish-abandoning', slotAt: nightly, run: () => finishAbandoning(site) },
  ]
}

function asItself(site: JobSite) {
  return { ...site, actor: { ...terminalActor(), name: 'Candor' } }
}

/** Open waves whose time is over, and those whose closing was begun. */
async function wavesToClose({ db, clock }: JobSite): Promise<string[]> {
  const waves = await wavesIn(db, ['open', 'closing'], clock)
  return waves.filter(wave => wave.state === 'closing' || wave.now >= wave.closes_at).map(wave => wave.id)
}

/** Closed waves about something that people came to: nobody looks at them first. */
async function wavesToPublish({ db, clock }: JobSite): Promise<string[]> {
  const waves = await wavesIn(db, ['closed'], clock)
  return waves.filter(wave => wave.asks_attenders === 1).map(wave => wave.id)
}

/** What is said of an open wave: rounded down to fives and changed once a day, so that nobody's own ballot shows. */
async function countBallots({ db, clock }: JobSite): Promise<void> {
  const { timeZone } = await readSettings(db)
  for (const { id } of await wavesIn(db, ['open'], clock)) {
    const collected = await countCollected(db, id)
    await changeWave(db, id, ['open'], {
      collected_shown: collected - (collected % 5),
      collected_shown_on: dayIn(timeZone, clock.now()),
      updated_at: isoNow(clock),
    })
  }
}

/** Who collected is a number only, from then on. */
async function erasePlaceholders({ db, clock }: JobSite): Promise<void> {
  const before = new Date(clock.now() - PLACEHOLDER_DAYS * 86_400_000).toISOString()
  const waves = await wavesWithOldPlaceholders(db, before)
  if (waves.length === 0) return
  await inTransaction(db, async tx => {
    for (const id of waves) await deletePlaceholders(tx, id)
  })
  await scrubTables(db, ['wave_ballots'])
}

/** A process that ended while it abandoned a wave may have left its key. */
async function finishAbandoning(site: JobSite): Promise<void> {
  for (const wave of await wavesIn(site.db, ['abandoned'], site.clock))
    if (hasKeys(site.dataDir, { id: wave.id, publicKey: wave.public_key }))
      await abandonWave(asItself(site), wave.id, wave.abandoned_why ?? '')
}
