/**
 * One side of the bench on ballots, in a process of its own:
 * `prepare <folder> <database url> <people>` invites so many people to a wave that takes answers, and signs them in;
 * `serve <folder> <database url>` serves it until it is told to stop. Prints its answer as JSON.
 */
import { openSession, SESSION_COOKIE, terminalActor } from '#app/identity/auth.server.ts'
import { createReadyAccount } from '#app/identity/create-account.server.ts'
import { peopleByEmails } from '#app/identity/people.server.ts'
import { systemClock } from '#app/platform/clock.ts'
import { prepareDatabase } from '#app/prepare-database.server.ts'
import { openWave } from '#app/surveys/planning/open-wave.server.ts'
import { savePlan } from '#app/surveys/planning/save-plan.server.ts'
import { openDatabase } from '#db/index.server.ts'
import { serve } from './http.ts'

const [act, folder, databaseUrl, count] = process.argv.slice(2) as [string, string, string, string]
const DAY_MS = 86_400_000
/** When the wave was opened, for answers to be taken by now. */
const threeDaysAgo = { now: () => Date.now() - 3 * DAY_MS }

async function prepare() {
  const db = openDatabase(databaseUrl)
  await prepareDatabase({ db, clock: systemClock })
  const context = { db, clock: systemClock, actor: terminalActor(), origin: null }
  const cookies: string[] = []
  const emails = Array.from({ length: Number(count) }, (_, number) => `person-${number}@candor.test`)
  for (const email of emails) {
    const accountId = await createReadyAccount(context, {
      name: `Person ${email.split('@')[0]}`,
      email,
      role: 'member',
      passwordHash: 'nobody signs in with this',
    })
    const setCookie = await openSession(context, accountId, 'bench')
    cookies.push(new RegExp(`${SESSION_COOKIE}=[^;]+`).exec(setCookie)?.[0] ?? '')
  }
  const people = await peopleByEmails(db, emails)
  const personIds = [...people.values()].map(person => person.id)
  const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString()
  const id = await savePlan(context, null, {
    title: 'Bench',
    questionnaire: { id: 'incident-culture', version: 1 },
    languages: ['en'],
    teamIds: [],
    personIds,
    grouping: null,
    k: 5,
    stewardIds: personIds.slice(0, 1),
    isStrict: false,
    isKiosk: false,
    repeatMonths: null,
    collectingFrom: inDays(-3),
    answeringFrom: inDays(-1),
    closesAt: inDays(7),
  })
  const { publicKey } = await openWave({ ...context, clock: threeDaysAgo, dataDir: folder }, id)
  await db.destroy()
  return { wave: id, publicKey, cookies }
}

const acts: Record<string, () => Promise<object>> = { prepare, serve: () => serve(folder, databaseUrl) }
console.log(JSON.stringify(await acts[act]!()))
