/** The demo's monthly forum: eighteen months of records, one that is ready and begins soon, and those to come. */
import { addItem, changeItem } from '#app/forums/change-agenda.server.ts'
import { changeForum } from '#app/forums/change-forum.server.ts'
import { keepRecord } from '#app/forums/close-forum.server.ts'
import { createForum } from '#app/forums/create-forum.server.ts'
import { tooFew } from '#app/forums/feedback.ts'
import { insertFeedback } from '#app/forums/feedback-queries.server.ts'
import { type ForumRow, forumById, forumsOfSeries, updateForum } from '#app/forums/forum-queries.server.ts'
import type { Harvest, HarvestedItem } from '#app/forums/harvest.ts'
import { planForums } from '#app/forums/plan-forums.server.ts'
import { proposeItems } from '#app/forums/propose-items.server.ts'
import { followUpsOf } from '#app/forums/record-queries.server.ts'
import { saveSeries } from '#app/forums/save-series.server.ts'
import { confirmProposal, dropProposal } from '#app/forums/settle-proposal.server.ts'
import { suggestIncident } from '#app/forums/suggest-incident.server.ts'
import type { Actor } from '#app/identity/actor.ts'
import { everybodyHere, peopleByEmails } from '#app/identity/people.server.ts'
import { listIncidents } from '#app/incidents/incidents.server.ts'
import { addDays, addMonths, dayAt } from '#app/measure/period.ts'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { changeActionItem } from '#app/postmortems/change-action-item.server.ts'
import { LEAST_INVITED } from '#app/surveys/wave.ts'
import { type Db, insertRows, inTransaction } from '#db/index.server.ts'

const ZONE = 'Europe/Berlin'
const MONTHS = 18
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const DAYS_TO_DO = 45
/** So few came last time that nobody is asked how it was. */
const FEW = 8
const FACILITATOR = 'facilitator@demo.candor.test'
const ROTA = [FACILITATOR, 'priya.raman@demo.candor.test', 'admin@demo.candor.test']
/** Work on a proposal that nobody took up ends with a reason. */
const DROPPED = 'The service is replaced next quarter; the same is written into its plan.'

const NOTES = [
  [
    'The limit was copied from another service and never measured here.',
    'Nobody saw the wait, only the errors after it.',
  ],
  ['Two teams thought that the other one watched this queue.', 'The runbook says who to call, not what to look at.'],
  ['The change was safe for the first region and not for the second, which has half the capacity.'],
  ['The alarm was there and had been quiet for a year, so nobody knew what it looked like.'],
  ['Rolling back took longer than the fault: the old version needs the old schema.'],
]
const FACTORS = [
  'A default that nobody had chosen',
  'A wait that no graph shows',
  'Capacity that is equal on paper only',
  'A dependency that fails slowly instead of at once',
]
const PROPOSALS = [
  { text: 'Calls to partners give up after two seconds and say so', kind: 'prevent' },
  { text: 'Waiting for a connection is a graph beside errors, with an alert', kind: 'detect' },
  { text: 'A release can be taken back without its schema', kind: 'mitigate' },
  { text: 'Each queue has one team that watches it, named in the catalogue', kind: 'process' },
]
const PATTERNS = [
  'Three of these began with a value that was copied, not chosen.',
  'In two of them the graph existed, and nobody who was called knew of it.',
]

/** Runs after incidents, postmortems and people. */
export async function seedForums({ db, clock, actor }: { db: Db; clock: Clock; actor: Actor }): Promise<void> {
  const people = await peopleByEmails(db, ROTA)
  const facilitator = { ...actor, personId: people.get(FACILITATOR)!.id, email: FACILITATOR }
  const today = dayAt(clock.now(), ZONE)
  const firstOn = `${addMonths(today, -MONTHS).slice(0, 8)}01`
  const at = (day: string) => ({ now: () => Date.parse(`${day}T08:00:00Z`) })
  const seriesId = await saveSeries(
    { db, clock: at(firstOn), actor: facilitator },
    {
      id: null,
      given: {
        title: 'Incident review forum',
        rhythm: 'month-1',
        nth: '3',
        weekday: '2',
        startsAtWall: '15:00',
        timeZone: ZONE,
        minutes: 60,
        place: 'Room Elbe and the call',
        callUrl: 'https://meet.demo.candor.test/forum',
        firstOn,
        rota: ROTA.join('\n'),
        evenSo: false,
      },
    },
  )
  for (let day = firstOn; day < today; day = addDays(day, 28)) await planForums({ db, clock: at(day) })
  await planForums({ db, clock })
  const forums = await forumsOfSeries(db, seriesId, firstOn)
  const past = forums.filter(forum => Date.parse(forum.starts_at) + 2 * HOUR_MS < clock.now())
  for (const [round, forum] of past.entries())
    await hold({ db, clock, actor: facilitator }, { id: forum.id, startsAt: forum.starts_at, round, of: past.length })
  const nextOne = await prepareNext({ db, clock, actor: facilitator })
  await invite(db, [...(await forumsOfSeries(db, seriesId, firstOn)), nextOne], clock)
}

/** Everybody has had these: what the demo mails is what is changed in it. */
async function invite(db: Db, forums: readonly ForumRow[], clock: Clock): Promise<void> {
  const people = await everybodyHere(db, dayAt(clock.now(), ZONE))
  const sent_at = isoNow(clock)
  for (const { id, sequence, starts_at } of forums) {
    await updateForum(db, id, { invited_sequence: sequence })
    if (starts_at < sent_at) continue
    const rows = people.map(person => ({ forum_id: id, person_id: person.id, sequence, sent_at }))
    await inTransaction(db, tx => insertRows(tx, 'forum_invitations', rows))
  }
}

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

interface Held {
  id: string
  startsAt: string
  round: number
  of: number
}

/** Three incidents of the weeks before, discussed, with what was said of them. */
async function hold({ db, clock, actor }: Context, { id, startsAt, round, of }: Held): Promise<void> {
  const began = Date.parse(startsAt)
  const before = { db, actor, clock: { now: () => began - 3 * DAY_MS } }
  const recent = await listIncidents(
    db,
    { from: new Date(began - 60 * DAY_MS).toISOString(), to: new Date(began - 5 * DAY_MS).toISOString() },
    { offset: 0, limit: 40 },
  )
  const serious = [...recent.items].sort((a, b) => ((a.severity ?? 'SEV-9') < (b.severity ?? 'SEV-9') ? -1 : 1))
  const itemIds: string[] = []
  const themes: string[][] = []
  for (const incident of serious.slice(0, 3)) {
    itemIds.push(await addItem(before, { forumId: id, subject: incident.key, reason: 'Recent, and not discussed yet' }))
    themes.push(await themesOf(db, incident.id))
  }
  if (itemIds.length === 0)
    return changeForum(before, { id, change: { state: 'cancelled', reason: 'Nothing to discuss.' } })
  await changeForum(before, { id, change: { state: 'ready' } })
  const closed = began + 58 * 60_000
  const isLast = round === of - 1
  const here = await attenders(db, { on: startsAt.slice(0, 10), round })
  const attended = isLast ? here.slice(0, FEW) : here
  const harvest: Harvest = {
    items: itemIds.map((itemId, i) => said(itemId, themes[i]!, round + i)),
    patterns: [PATTERNS[round % PATTERNS.length]!],
    proposals: [],
    parkingLot: round % 3 === 0 ? ['Who owns the shared libraries?'] : [],
    attended,
  }
  await inTransaction(db, tx => keepRecord(tx, { forumId: id, harvest, now: closed }))
  if (isLast) {
    const why_not = tooFew(attended.length, LEAST_INVITED)
    return insertFeedback(db, { forum_id: id, wave_id: null, why_not, decided_at: new Date(closed).toISOString() })
  }
  await settle({ db, clock, actor }, { id, closed, round })
}

/** Within three days proposals have owners, or a reason; most of what was promised is done by its day. */
async function settle(
  { db, clock, actor }: Context,
  { id, closed, round }: { id: string; closed: number; round: number },
): Promise<void> {
  const then = (days: number) => ({ db, actor, clock: { now: () => Math.min(closed + days * DAY_MS, clock.now()) } })
  for (const [i, proposal] of (await followUpsOf(db, id)).entries()) {
    const n = round + i
    if (n % 6 === 5) {
      await dropProposal(then(3), { forumId: id, id: proposal.id, reason: DROPPED })
      continue
    }
    const actionId = await confirmProposal(then(3), {
      forumId: id,
      id: proposal.id,
      given: {
        title: proposal.text,
        owner: ROTA[n % ROTA.length]!,
        dueOn: dayAt(closed + DAYS_TO_DO * DAY_MS, ZONE),
        kind: proposal.kind,
        incident: '',
      },
    })
    if (closed + DAYS_TO_DO * DAY_MS < clock.now())
      await changeActionItem(then(DAYS_TO_DO - 3 + (n % 3) * 4), { id: actionId, change: { state: 'done' } })
  }
}

function said(itemId: string, themes: string[], n: number): HarvestedItem {
  const [notes, factor] = [NOTES[n % NOTES.length]!, FACTORS[n % FACTORS.length]!]
  return {
    itemId,
    wasDiscussed: true,
    spentSeconds: 13 * 60 + ((n * 97) % 260),
    notes: notes.map((text, i) => ({ phase: i === 0 ? 'discussion' : 'capture', text })),
    factors: [factor],
    themes: themes.slice(0, 2).map((themeId, i) => ({ themeId, votes: 6 + ((n * 5 + i) % 14) })),
    proposals: n % 2 === 0 ? [{ ...PROPOSALS[(n / 2) % PROPOSALS.length]!, ownerId: null }] : [],
  }
}

async function themesOf(db: Db, incidentId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('postmortem_themes')
    .innerJoin('postmortems', 'postmortems.id', 'postmortem_themes.postmortem_id')
    .where('postmortems.incident_id', '=', incidentId)
    .select('postmortem_themes.theme_id')
    .orderBy('postmortem_themes.theme_id')
    .execute()
  return rows.map(row => row.theme_id)
}

/** About half of those who were here, others each time. */
async function attenders(db: Db, { on, round }: { on: string; round: number }): Promise<Harvest['attended']> {
  const people = await db
    .selectFrom('people')
    .select('id')
    .where('started_on', '<=', on)
    .where(eb => eb.or([eb('left_on', 'is', null), eb('left_on', '>', on)]))
    .orderBy('email')
    .execute()
  return people
    .filter((_, i) => (i * 7 + round * 3) % 10 < 5)
    .map(({ id }) => ({ personId: id, how: 'present' as const }))
}

/** One forum that is ready, begins within two hours, and has three items; somebody suggested one of what is left. */
async function prepareNext({ db, clock, actor }: Context): Promise<ForumRow> {
  const context = { db, clock, actor }
  const begins = Math.ceil((clock.now() + HOUR_MS) / HOUR_MS) * HOUR_MS
  const month = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: ZONE }).format(begins)
  const id = await createForum(context, {
    title: `${month} incident review forum`,
    startsAt: new Date(begins).toISOString(),
    timeZone: ZONE,
    place: 'Room Elbe and the call',
    callUrl: 'https://meet.demo.candor.test/forum',
    cofacilitator: ROTA[1],
    noteTaker: 'editor@demo.candor.test',
  })
  const proposals = await proposeItems(context)
  const published = await publishedAmong(
    db,
    proposals.map(proposal => proposal.key),
  )
  const isPublished = (proposal: { key: string }) => published.has(proposal.key)
  const chosen = [
    ...proposals.filter(isPublished).slice(0, 2),
    ...proposals.filter(proposal => !isPublished(proposal)).slice(0, 1),
    ...proposals.filter(isPublished).slice(2),
  ].slice(0, 3)
  for (const proposal of chosen) {
    const itemId = await addItem(context, { forumId: id, subject: proposal.key, reason: proposal.reasons[0] })
    const presenter = proposal === chosen[0] ? ROTA[1] : 'editor@demo.candor.test'
    await changeItem(context, { forumId: id, itemId, change: { context: 3, discussion: 10, capture: 2, presenter } })
  }
  await changeForum(context, { id, change: { state: 'ready' } })
  const member = await peopleByEmails(db, ['member@demo.candor.test'])
  const suggested = proposals.find(proposal => !chosen.includes(proposal))
  if (suggested)
    await suggestIncident(
      { ...context, actor: { ...actor, role: 'member', personId: [...member.values()][0]!.id } },
      { incident: suggested.key, why: 'The same wait is in three more services.' },
    )
  return (await forumById(db, id))!
}

async function publishedAmong(db: Db, keys: string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('postmortems')
    .innerJoin('incidents', 'incidents.id', 'postmortems.incident_id')
    .select('incidents.key')
    .where('postmortems.status', '=', 'published')
    .where('incidents.key', 'in', keys)
    .execute()
  return new Set(rows.map(row => row.key))
}
