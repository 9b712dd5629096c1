/** Postmortems of every visibility beside the demo's published ones, and what the addresses of other things need. */
import type { Actor } from '#app/identity/actor.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import { createToken } from '#app/identity/create-token.server.ts'
import { receiveDelivery } from '#app/incidents/hooks/receive-delivery.server.ts'
import { addSource } from '#app/incidents/hooks/save-source.server.ts'
import { reportNearMiss } from '#app/incidents/report-near-miss.server.ts'
import { addMonths } from '#app/measure/period.ts'
import { isoNow, systemClock } from '#app/platform/clock.ts'
import { createLog } from '#app/platform/log.server.ts'
import { addAttachments } from '#app/postmortems/add-attachments.server.ts'
import { attachmentStore } from '#app/postmortems/attachment-store.server.ts'
import { changeVisibility } from '#app/postmortems/change-visibility.server.ts'
import { saveSummary } from '#app/postmortems/executive-summary.server.ts'
import { inviteReviewers } from '#app/postmortems/invite-reviewers.server.ts'
import { noteAttendance } from '#app/postmortems/note-attendance.server.ts'
import { createPostmortem } from '#app/postmortems/resources.server.ts'
import { setReviewMeeting } from '#app/postmortems/set-review-meeting.server.ts'
import { addComment } from '#app/postmortems/write-comment.server.ts'
import { openAddress } from '#app/reports/public-addresses.server.ts'
import { startDraft } from '#app/reports/start-draft.server.ts'
import { readEdition } from '#app/reports/view-report.server.ts'
import { closeWave } from '#app/surveys/closing/close-wave.server.ts'
import { openWave } from '#app/surveys/planning/open-wave.server.ts'
import { savePlan } from '#app/surveys/planning/save-plan.server.ts'
import { startQuestionnaire } from '#app/surveys/questionnaires/edit-questionnaire.server.ts'
import { publishWave } from '#app/surveys/results/publish-wave.server.ts'
import { mergeTheme } from '#app/themes/merge-theme.server.ts'
import { saveTheme } from '#app/themes/save-theme.server.ts'
import type { Db } from '#db/index.server.ts'
import { type Asker, EMAILS, type TestServer } from '#test/support/server.ts'
import { aQuestionnaire, keepQuestionnaire } from '#test/support/survey-client.ts'
import { filled } from './route-map.ts'

/** A word that stands in every hidden text, and nowhere else. */
export const HIDDEN_WORD = 'quizzaciously'

export interface LibrarySlugs {
  published: string
  membersDraft: string
  othersDraft: string
  othersInReview: string
  /** Written by the facilitator; the member is named as a reader. */
  restricted: string
  archived: string
}

async function addHiddenTexts(db: Db): Promise<LibrarySlugs> {
  const context = { db, clock: systemClock, actor: terminalActor() }
  const write = (title: string, status: 'draft' | 'in review' | 'published', author: string) =>
    createPostmortem(context, {
      title,
      status,
      authors: [author],
      services: ['checkout'],
      themes: [],
      sections: { summary: `Nobody else should find the word ${HIDDEN_WORD}.` },
    })
  const published = await db
    .selectFrom('postmortems')
    .select('slug')
    .where('status', '=', 'published')
    .where('is_public', '=', 0)
    .orderBy('slug')
    .executeTakeFirstOrThrow()
  const slugs = {
    published: published.slug,
    membersDraft: await write('A draft of the member', 'draft', EMAILS.member),
    othersDraft: await write('A draft of somebody else', 'draft', 'someone@else.test'),
    othersInReview: await write('A review of somebody else', 'in review', 'someone@else.test'),
    restricted: await write('A restricted account', 'published', EMAILS.facilitator),
    archived: await write('An archived account', 'published', 'someone@else.test'),
  }
  await changeVisibility(context, slugs.restricted, { change: 'restrict', reason: 'Legal asked for it.' })
  await changeVisibility(context, slugs.archived, { change: 'archive', reason: '' })
  const reader = await db.selectFrom('people').select('id').where('email', '=', EMAILS.member).executeTakeFirstOrThrow()
  const restricted = await db
    .selectFrom('postmortems')
    .select('id')
    .where('slug', '=', slugs.restricted)
    .executeTakeFirstOrThrow()
  await db.insertInto('postmortem_readers').values({ postmortem_id: restricted.id, person_id: reader.id }).execute()
  return slugs
}

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** Comments, a review with its meeting, a file and a summary beside a text. @returns the file's id. */
async function addDiscussion(db: Db, slug: string, dataDir: string): Promise<string> {
  const person = await db
    .selectFrom('people')
    .select('id')
    .where('email', '=', EMAILS.administrator)
    .executeTakeFirstOrThrow()
  const actor: Actor = { ...terminalActor(), personId: person.id, name: 'The administrator' }
  const mailer = { folder: null, send: async () => undefined }
  const context = { db, clock: systemClock, actor, mailer, log: createLog('silent'), origin: null }
  const { summary } = await db
    .selectFrom('postmortems')
    .select('summary')
    .where('slug', '=', slug)
    .executeTakeFirstOrThrow()
  const passage = /[\p{L} ]{12,40}/u.exec(summary)?.[0].trim()
  const { id, sent } = await addComment(context, slug, { text: 'Was this known before?', passage })
  await sent
  await (await addComment(context, slug, { text: 'It was not.', parent: id })).sent
  await (await inviteReviewers(context, slug, [EMAILS.administrator, EMAILS.editor])).sent
  await (await setReviewMeeting(context, slug, { at: '2026-11-20T15:00', place: 'Room 4', people: [] })).sent
  await noteAttendance(context, slug, { present: [person.id], others: [], speakers: '1' })
  await saveSummary(context, slug, { happened: 'It broke.', learnt: 'Why.', changes: 'Much.', expected: 0 })
  const files = [{ name: 'pixel.png', bytes: Buffer.from(PIXEL, 'base64') }]
  const store = attachmentStore(dataDir)
  const [file] = await addAttachments({ ...context, store }, slug, { files, alternative: 'A pixel' })
  return file as string
}

/** A plan for every team, a month from now. @returns its id. */
async function planWave(db: Db): Promise<string> {
  const inDays = (days: number) => new Date(systemClock.now() + days * 86_400_000).toISOString()
  const teams = await db.selectFrom('teams').select('id').execute()
  return savePlan({ db, clock: systemClock, actor: terminalActor() }, null, {
    title: 'A planned wave',
    questionnaire: { id: 'incident-culture', version: 1 },
    languages: ['en', 'de'],
    collectingFrom: inDays(30),
    answeringFrom: inDays(33),
    closesAt: inDays(40),
    teamIds: teams.map(team => team.id),
    personIds: [],
    grouping: 'team',
    k: 5,
    stewardIds: [],
    isStrict: false,
    isKiosk: false,
    repeatMonths: null,
  })
}

export type Samples = Awaited<ReturnType<typeof addSamples>>

/** Things that exist, for the parameters of every address. */
/** @param dataDir where the server will look for files. */
export async function addSamples(db: Db, dataDir: string) {
  const one = async (
    table: 'families' | 'incidents' | 'services' | 'teams' | 'people',
    column: string,
  ): Promise<string> => {
    const row = await db
      .selectFrom(table)
      .select(column as never)
      .orderBy('id')
      .executeTakeFirstOrThrow()
    return Object.values(row as Record<string, string>)[0] as string
  }
  const administrator = await db
    .selectFrom('accounts')
    .innerJoin('people', 'people.id', 'accounts.person_id')
    .select('accounts.id')
    .where('people.email', '=', EMAILS.administrator)
    .executeTakeFirstOrThrow()
  const token = await createToken(
    { db, clock: systemClock, actor: { ...terminalActor(), accountId: administrator.id } },
    { name: 'To be revoked', role: 'member', expiresAt: null },
  )
  const editor = { db, clock: systemClock, actor: terminalActor() }
  const blank = { slug: null, synonyms: [], parent: null }
  const kept = await saveTheme(editor, {
    ...blank,
    name: 'Kept',
    definition: 'A theme that stays when two are merged.',
  })
  const gone = await saveTheme(editor, { ...blank, name: 'Gone', definition: 'A theme that is merged into another.' })
  await mergeTheme(editor, { slug: gone.slug, into: kept.slug })
  const handoff = await db
    .selectFrom('handoffs')
    .innerJoin('incidents', 'incidents.id', 'handoffs.incident_id')
    .select(['handoffs.id', 'incidents.key'])
    .orderBy('handoffs.id')
    .executeTakeFirstOrThrow()
  const merge = await db.selectFrom('theme_merges').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()
  const library = await addHiddenTexts(db)
  const postmortems = await db
    .selectFrom('postmortems')
    .select(['id', 'slug'])
    .where('slug', 'in', Object.values(library))
    .execute()
  const ids = Object.fromEntries(postmortems.map(({ id, slug }) => [slug, id]))
  // Of somebody else's: who may change it is for editors and its owner.
  const action = await db
    .selectFrom('action_items')
    .innerJoin('postmortems', 'postmortems.id', 'action_items.postmortem_id')
    .innerJoin('people', 'people.id', 'action_items.owner_id')
    .select('action_items.id')
    .where('postmortems.slug', '=', library.published)
    .where('people.email', 'not in', Object.values(EMAILS))
    .orderBy('action_items.id')
    .executeTakeFirstOrThrow()
  const source = await addSource(editor, { name: 'A pager', kind: 'alertmanager', secret: '' })
  const goneSource = await addSource(editor, { name: 'A former pager', kind: 'alertmanager', secret: '' })
  const told = { title: 'Nearly drained', whatHappened: 'Two names are alike.', whatStoppedIt: '', service: '' }
  await reportNearMiss(editor, { ...told, isNamed: false })
  const nearMiss = await db
    .selectFrom('near_misses')
    .select('id')
    .where('title', '=', told.title)
    .executeTakeFirstOrThrow()
  const body = Buffer.from('{"status": "firing", "alerts": [{"status": "firing", "startsAt": "2026-03-04T11:05:00Z"}]}')
  const headers = { authorization: `Bearer ${source.secret}` }
  const query = new URLSearchParams()
  await receiveDelivery({ db, clock: systemClock }, { slug: source.slug, headers, query, body })
  const plannedWave = await planWave(db)
  const attachment = await addDiscussion(db, library.published, dataDir)
  const delivery = await db.selectFrom('hook_deliveries').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow()
  const forum = await db.selectFrom('forums').select('id').where('state', '=', 'ready').executeTakeFirstOrThrow()
  const series = await db.selectFrom('forum_series').select('id').executeTakeFirstOrThrow()
  const proposal = await db
    .selectFrom('forum_follow_ups')
    .select(['id', 'forum_id'])
    .where('state', '=', 'proposed')
    .executeTakeFirstOrThrow()
  return {
    forum: forum.id,
    series: series.id,
    proposal,
    source: source.slug,
    goneSource: goneSource.slug,
    nearMiss: nearMiss.id,
    delivery: delivery.id,
    library,
    /** By slug. */
    ids,
    merge: merge.id,
    attachment,
    plannedWave,
    questionnaire: await startQuestionnaire(editor, { title: 'Our own words', from: 'incident-culture' }),
    handoff,
    action: action.id,
    family: await one('families', 'slug'),
    incident: await one('incidents', 'key'),
    service: await one('services', 'slug'),
    team: await one('teams', 'slug'),
    person: await one('people', 'id'),
    token: token.id,
    ...(await addReports(db)),
    wave: await addWave(db, dataDir),
  }
}

/** The newest published report with one of its pictures and a public address, and the draft of another. */
async function addReports(db: Db) {
  const administrator = { db, clock: systemClock, actor: terminalActor() }
  const { period } = await db
    .selectFrom('reports')
    .select('period')
    .where('state', '=', 'published')
    .orderBy('end_day', 'desc')
    .executeTakeFirstOrThrow()
  const { content } = await readEdition(administrator, period)
  const drawn = content.chapters.flatMap(chapter => chapter.exhibits).find(exhibit => exhibit.kind !== 'table')
  const lastMonth = addMonths(`${isoNow(systemClock).slice(0, 8)}01`, -1).slice(0, 7)
  await startDraft(administrator, lastMonth)
  const publicReport = await openAddress(administrator, period, ['noticing', 'recovering'])
  return { report: period, picture: `${drawn?.id}.svg`, draftReport: lastMonth, publicReport }
}

/** A wave that everybody was invited to and nobody answered, published. @returns its id. */
async function addWave(db: Db, dataDir: string): Promise<string> {
  const context = { db, clock: systemClock, actor: terminalActor(), dataDir, origin: null }
  const asks = aQuestionnaire({ id: 'samples' })
  const now = isoNow(systemClock)
  await keepQuestionnaire(db, asks, now)
  const teams = await db.selectFrom('teams').select('id').execute()
  const steward = await db
    .selectFrom('people')
    .select('id')
    .where('email', '=', EMAILS.editor)
    .executeTakeFirstOrThrow()
  const id = await savePlan(context, null, {
    title: 'A wave of samples',
    questionnaire: { id: asks.id, version: asks.version },
    languages: ['en'],
    collectingFrom: now,
    answeringFrom: new Date(Date.now() + 3 * 86_400_000).toISOString(),
    closesAt: new Date(Date.now() + 9 * 86_400_000).toISOString(),
    teamIds: teams.map(team => team.id),
    personIds: [],
    grouping: 'team',
    k: 5,
    stewardIds: [steward.id],
    isStrict: false,
    isKiosk: false,
    repeatMonths: null,
  })
  await openWave(context, id)
  await closeWave(context, id)
  await publishWave(context, id)
  return id
}

/** A waiting import of one's own. @returns its id. */
export async function startImport(server: TestServer, as: Asker): Promise<string> {
  const form = new FormData()
  form.append('files', new File(['# A text to look at first\n\nIt stays in the preview.\n'], 'one.md'))
  const started = await server.ask('/library/import', { as, body: form, headers: { origin: server.url } })
  const id = /^\/library\/import\/([\w-]+)$/.exec(started.headers.get('location') ?? '')?.[1]
  if (!id) throw new Error(`The import did not begin: ${started.status}`)
  return id
}

/** The address of something that exists, for a path of remix.config.js. */
export function addressOf(path: string, samples: Samples, importId: string): string {
  return filled(path, parametersOf(path, samples, importId))
}

function parametersOf(path: string, samples: Samples, importId: string): Record<string, string> {
  if (/questionnaires/.test(path)) return { id: samples.questionnaire }
  if (/^\/surveys\/:wave\/(plan|manage|preview|dry-run)$/.test(path)) return { wave: samples.plannedWave }
  if (/^\/forums\/calendar/.test(path)) return { secret: 'never-sent' }
  if (/forums\/series|forum-series/.test(path)) return { id: samples.series }
  if (/proposals|record\.md/.test(path)) return { id: samples.proposal.forum_id, proposal: samples.proposal.id }
  if (/forums/.test(path)) return { id: samples.forum }
  if (/sources\/:slug\/remove/.test(path)) return { slug: samples.goneSource }
  if (/sources/.test(path)) return { slug: samples.source, id: samples.delivery }
  if (/attachments/.test(path)) return { slug: samples.library.published, id: samples.attachment }
  if (/^\/library\/import/.test(path)) return { id: importId, position: '0' }
  if (/^\/(api\/v1\/)?(library|postmortems)/.test(path))
    return {
      slug: samples.library.published,
      id: samples.ids[samples.library.published] ?? '',
      section: 'summary',
      format: 'csv',
    }
  if (/action/.test(path)) return { id: samples.action, secret: 'never-sent' }
  if (/near-misses/.test(path)) return { id: samples.nearMiss }
  if (/families/.test(path)) return { slug: samples.family }
  if (/themes/.test(path)) return { slug: 'change' }
  if (/guides/.test(path)) return { slug: 'blameless-postmortem' }
  if (/teams/.test(path)) return { slug: samples.team }
  if (/people/.test(path)) return { id: samples.person }
  if (/tokens/.test(path)) return { id: samples.token }
  if (/handoffs/.test(path)) return { key: samples.handoff.key, id: samples.handoff.id }
  if (/incidents/.test(path)) return { key: samples.incident }
  if (/services/.test(path)) return { slug: samples.service }
  if (/^\/open\/reports/.test(path)) return { secret: samples.publicReport }
  if (/^\/reports\/:period\/(edit|publish)$/.test(path)) return { period: samples.draftReport }
  if (/reports/.test(path)) return { period: samples.report, file: samples.picture }
  if (/surveys|waves/.test(path)) return { wave: samples.wave }
  return { secret: 'never-sent', kind: 'postmortems' }
}
