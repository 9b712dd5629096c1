/** The demo's reports of its last four quarters: begun, written about and published by those who may, soon after each. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Actor } from '#app/identity/actor.ts'
import { peopleByEmails } from '#app/identity/people.server.ts'
import { readSettings } from '#app/identity/settings.server.ts'
import { dayAt, type Period, periodAround, periodBefore } from '#app/measure/period.ts'
import type { Clock } from '#app/platform/clock.ts'
import { PROJECT_FOLDER } from '#app/platform/content.server.ts'
import { correctReport, publishReport } from '#app/reports/publish-report.server.ts'
import { CHAPTERS } from '#app/reports/report.ts'
import { saveCommentary, saveStory } from '#app/reports/save-words.server.ts'
import { startDraft } from '#app/reports/start-draft.server.ts'
import type { Db } from '#db/index.server.ts'

const DAY_MS = 86_400_000
const EDITOR = 'editor@demo.candor.test'
const ADMINISTRATOR = 'admin@demo.candor.test'
/** Days after the end of a quarter. */
const PUBLISHED = 8
const CORRECTED = 12

const commentary = z.partialRecord(z.enum(CHAPTERS), z.string())
const reportSchema = z.object({
  story: z.string().optional(),
  commentary,
  correction: z.object({ reason: z.string(), commentary }).optional(),
})
type SeededReport = z.infer<typeof reportSchema>

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

/** Runs last: a report shows what the rest has seeded, as it was soon after its quarter. */
export async function seedReports(context: Context): Promise<void> {
  const text = readFileSync(join(PROJECT_FOLDER, 'db', 'seeds', 'reports.yaml'), 'utf8')
  const reports = z.array(reportSchema).parse(parse(text))
  const { timeZone } = await readSettings(context.db)
  let quarter = periodAround('quarter', dayAt(context.clock.now(), timeZone), timeZone)
  const quarters = reports.map(() => {
    quarter = periodBefore(quarter)
    return quarter
  })
  const [editor, administrator] = await Promise.all([actorFor(context, EDITOR), actorFor(context, ADMINISTRATOR)])
  for (const [i, report] of reports.entries())
    await seedReport(context, { editor, administrator }, quarters[quarters.length - 1 - i]!, report)
}

async function seedReport(
  { db, clock }: Context,
  { editor, administrator }: { editor: Actor; administrator: Actor },
  quarter: Period,
  { story, commentary, correction }: SeededReport,
): Promise<void> {
  const after = (days: number, actor: Actor): Context => {
    const then = Math.min(Date.parse(quarter.to) + days * DAY_MS, clock.now())
    return { db, clock: { now: () => then }, actor }
  }
  const writing = after(PUBLISHED - 1, editor)
  await startDraft(writing, quarter.key)
  if (story) await saveStory(writing, quarter.key, { text: story, version: 0 })
  for (const [chapter, text] of Object.entries(commentary))
    await saveCommentary(writing, quarter.key, chapter, { text, version: 0 })
  await publishReport(after(PUBLISHED, administrator), quarter.key)
  if (!correction) return
  await correctReport(after(CORRECTED, administrator), quarter.key, { reason: correction.reason })
  for (const [chapter, text] of Object.entries(correction.commentary))
    await saveCommentary(after(CORRECTED, editor), quarter.key, chapter, { text, version: 1 })
  await publishReport(after(CORRECTED, administrator), quarter.key)
}

async function actorFor({ db, actor }: Context, email: string): Promise<Actor> {
  const person = (await peopleByEmails(db, [email])).get(email)
  return person ? { ...actor, personId: person.id, name: person.name, email } : actor
}
