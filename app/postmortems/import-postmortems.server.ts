/** Takes in what the parsers understood: created, updated, unchanged or rejected, record by record, with a report. */
import { type Actor, can } from '#app/identity/actor.ts'
import { incidentsByKeys } from '#app/incidents/incidents.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { AppError } from '#app/platform/errors.ts'
import { suggestFromTags, suggestThemes } from '#app/themes/suggest-themes.ts'
import { listThemes, type Theme } from '#app/themes/themes.server.ts'
import { type Db, inTransaction, type Tx } from '#db/index.server.ts'
import { actionsWithHistory } from './action-history-queries.server.ts'
import { identitiesOf } from './postmortem-queries.server.ts'
import { recordsByIds } from './read-postmortem.server.ts'
import { type Action, checkRecord, type PostmortemRecord } from './record.ts'
import { hashOf } from './record-of.server.ts'
import { lockRoom, type RecordToSave, saveRecords } from './save-records.server.ts'
import { suggestFromNeighbours } from './suggest-from-similar.server.ts'
import { type Known, ThisImport, type ToMatch } from './told-apart.ts'
import type { Understood } from './understood.ts'

export interface ImportReport {
  created: number
  updated: number
  unchanged: number
  rejected: number
  errors: { line: number | null; column: string | null; message: string }[]
  notes: string[]
}

/** One thing to import and where it came from, for the report. */
export interface Incoming extends Understood {
  source: string
}

/** Records that share a transaction: the more, the fewer times the rows of the search index are written again. */
const SLICE = 400
/** A report names this many notes and errors, and counts the rest. */
const MOST_LINES = 2_000
const MOST_SUGGESTIONS = 8
/** Of one import so many are compared with the library, at a few milliseconds each. */
const MOST_COMPARED = 50

type Decision =
  | { kind: 'save'; save: RecordToSave; outcome: 'created' | 'updated'; note: string | null }
  | { kind: 'skip'; outcome: 'unchanged'; note?: string }

/**
 * Imports in slices. A record is taken whole or not at all; the same again changes nothing.
 * Identity: external_id, else source_url, else incident, else title and published_at. A record that only repeats
 * another one, by its own word or by its address, counts as unchanged, with a note, in whichever order they come.
 */
export async function importPostmortems(
  context: { db: Db; clock: Clock; actor: Actor },
  incoming: Iterable<Incoming> | AsyncIterable<Incoming>,
  options: { dryRun?: boolean; onProgress?: (done: number) => Promise<void> | void } = {},
): Promise<ImportReport> {
  const report = emptyReport()
  const run = new ThisImport()
  let done = 0
  let compared = 0
  for await (const slice of slices(repeatsLast(incoming), SLICE)) {
    const saved = await importSlice(context, slice, report, run, options.dryRun ?? false)
    const compare = saved.slice(0, MOST_COMPARED - compared)
    await suggestFromNeighbours(context.db, compare)
    compared += compare.length
    done += slice.length
    await options.onProgress?.(done)
    await othersTurn()
  }
  return report
}

export function emptyReport(): ImportReport {
  return { created: 0, updated: 0, unchanged: 0, rejected: 0, errors: [], notes: [] }
}

/** Adds a parser's errors to a report: each is a record that could not be read. */
export function addErrors(
  report: ImportReport,
  errors: { line?: number; column?: number | string; message: string }[],
  source: string,
): void {
  for (const error of errors) {
    report.rejected++
    pushError(report, {
      line: error.line ?? null,
      column: error.column === undefined ? null : String(error.column),
      message: `${source}: ${error.message}`,
    })
  }
}

/** @returns the ids of what was written. */
async function importSlice(
  context: { db: Db; clock: Clock; actor: Actor },
  slice: Incoming[],
  report: ImportReport,
  run: ThisImport,
  dryRun: boolean,
): Promise<string[]> {
  const valid = slice.flatMap(item => validated(item, report) ?? [])
  run.begin()
  try {
    const outcome = await inTransaction(context.db, async tx => {
      if (!dryRun) await lockRoom(tx)
      const decisions = await decide(tx, context, valid, run)
      await othersTurn()
      const saves = decisions.flatMap(decision => (decision.kind === 'save' ? decision.save : []))
      const saved = dryRun ? [] : await saveRecords(tx, context, saves)
      return { decisions, saved }
    })
    for (const { id } of outcome.saved) run.claim(id)
    record(report, valid, outcome)
    return outcome.saved.map(({ id }) => id)
  } catch (error) {
    run.rollBack()
    if (valid.length <= 1) {
      const only = valid[0]
      if (!only) throw error
      report.rejected++
      pushError(report, { line: only.line, column: null, message: `${only.source}: ${whyNotStored(error)}` })
      return []
    }
    // One record spoilt the slice: nothing of it was kept, so its halves are tried, down to that record.
    const half = valid.length >> 1
    return [
      ...(await importSlice(context, valid.slice(0, half), report, run, dryRun)),
      ...(await importSlice(context, valid.slice(half), report, run, dryRun)),
    ]
  }
}

/** Lets requests that wait be answered: SQLite and the parsers keep the process to themselves. */
function othersTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

function whyNotStored(error: unknown): string {
  if (error instanceof AppError) return error.message
  return `could not be stored: ${error instanceof Error ? error.message : 'the database refused it'}`
}

/** The record as it may be stored; null with the reasons in the report when it may not. */
function validated(item: Incoming, report: ImportReport): Incoming | null {
  const parsed = checkRecord(item.record)
  if (parsed.success) return { ...item, record: parsed.data }
  report.rejected++
  for (const issue of parsed.error.issues.slice(0, 5))
    pushError(report, {
      line: item.line,
      column: issue.path.join('.') || null,
      message: `${item.source}: ${issue.path.join('.')}: ${issue.message}`,
    })
  return null
}

async function decide(tx: Tx, { actor }: { actor: Actor }, items: Incoming[], run: ThisImport): Promise<Decision[]> {
  const incidents = await incidentsByKeys(
    tx,
    items.flatMap(({ record }) => record.incidentKey ?? []),
  )
  const toMatch = items.map(item => ({
    item,
    incidentId: incidents.get(item.record.incidentKey ?? '')?.id ?? null,
    hash: hashOf(item.record),
  }))
  const { known, records } = await knownTo(tx, actor, toMatch)
  const themes = await listThemes(tx)
  const followed = await followedActions(tx, [...records.keys()])
  return run.match(toMatch, known).map((match, index): Decision => {
    const { item, hash } = toMatch[index] as ToMatch & { item: Incoming }
    if (match.kind === 'repeat') return { kind: 'skip', outcome: 'unchanged', note: match.note }
    const before = match.kind === 'same' ? match.known : null
    if (before?.hashes.has(hash)) return { kind: 'skip', outcome: 'unchanged' }
    return {
      kind: 'save',
      outcome: before ? 'updated' : 'created',
      note: match.kind === 'new' ? match.note : null,
      save: {
        record: before
          ? keepingActions(
              keepingThemes(item.record, records.get(before.id)),
              records.get(before.id),
              followed.get(before.id),
            )
          : item.record,
        id: before?.id,
        note: before ? 'Imported again, changed' : `Imported from ${item.source}`,
        importHash: hash,
        suggestions: suggestionsFor(item, themes),
      },
    }
  })
}

/** What of the library these records could be. */
async function knownTo(tx: Tx, actor: Actor, toMatch: ToMatch[]) {
  const records = toMatch.map(({ item }) => item.record)
  const loose = records.filter(one => !one.externalId && !one.sourceUrl)
  const identities = await identitiesOf(tx, {
    externalIds: [
      ...records.flatMap(one => one.externalId ?? []),
      ...toMatch.flatMap(({ item }) => item.duplicateOf ?? []),
    ],
    sourceUrls: records.flatMap(one => one.sourceUrl ?? []),
    incidentIds: toMatch.flatMap(({ incidentId }) => incidentId ?? []),
    incidentKeys: loose.flatMap(one => one.incidentKey ?? []),
    titles: loose.map(one => one.title),
  })
  const current = await recordsByIds(
    tx,
    identities.map(one => one.id),
  )
  const known = identities.map((one): Known => {
    const record = current.get(one.id)
    return {
      ...one,
      hashes: new Set([...(one.import_hash ? [one.import_hash] : []), ...(record ? [hashOf(record)] : [])]),
      isHidden: one.is_restricted === 1 && !can(actor, 'administer'),
    }
  })
  return { known, records: current }
}

/** A document that comes again knows nothing of the themes that editors put on it meanwhile: they stay. */
function keepingThemes(record: PostmortemRecord, before: PostmortemRecord | undefined): PostmortemRecord {
  return before ? { ...record, themes: [...new Set([...record.themes, ...before.themes])] } : record
}

/** By postmortem what names the action items that people followed up here, or that were imported by themselves. */
async function followedActions(tx: Tx, ids: string[]): Promise<Map<string, Set<string>>> {
  const followed = new Map<string, Set<string>>()
  for (const { postmortemId, externalId, title } of await actionsWithHistory(tx, ids)) {
    const names = followed.get(postmortemId!) ?? new Set()
    followed.set(postmortemId!, names.add(externalId ?? title))
  }
  return followed
}

/** Nor of what became of its action items, and of those that were added here: they stay as they are. */
function keepingActions(
  record: PostmortemRecord,
  before: PostmortemRecord | undefined,
  followed: ReadonlySet<string> | undefined,
): PostmortemRecord {
  if (!before || !followed) return record
  const nameOf = (action: Action) => action.externalId ?? action.title
  const kept = new Map(
    before.actions.flatMap(action => (followed.has(nameOf(action)) ? [[nameOf(action), action] as const] : [])),
  )
  const actions = record.actions.map(action => kept.get(nameOf(action)) ?? action)
  const written = new Set(actions)
  return { ...record, actions: [...actions, ...[...kept.values()].filter(action => !written.has(action))] }
}

function suggestionsFor({ record, suggestedThemes }: Incoming, themes: Theme[]): RecordToSave['suggestions'] {
  const texts = [record.title, ...Object.values(record.sections), ...record.factors.map(factor => factor.text)]
  return [
    ...suggestFromTags(
      themes,
      suggestedThemes.map(tag => tag.word),
    ),
    ...suggestThemes(themes, texts.join('\n')),
  ]
    .filter((one, at, all) => all.findIndex(other => other.themeId === one.themeId) === at)
    .slice(0, MOST_SUGGESTIONS)
}

function record(
  report: ImportReport,
  items: Incoming[],
  { decisions, saved }: { decisions: Decision[]; saved: { notes: string[] }[] },
): void {
  let at = 0
  decisions.forEach((decision, index) => {
    const item = items[index] as Incoming
    report[decision.outcome]++
    const notes =
      decision.kind === 'save' ? [...item.notes, ...(saved[at++]?.notes ?? []), decision.note] : [decision.note]
    for (const note of notes)
      if (note) pushNote(report, `${item.source}${item.line ? `, line ${item.line}` : ''}: ${note}`)
  })
}

function pushError(report: ImportReport, error: ImportReport['errors'][number]): void {
  if (report.errors.length < MOST_LINES) report.errors.push(error)
}

function pushNote(report: ImportReport, note: string): void {
  if (report.notes.length < MOST_LINES) report.notes.push(note)
  else if (report.notes.length === MOST_LINES) report.notes.push('… and more notes than are listed here.')
}

/** What says that it repeats another record waits until all others have come. */
async function* repeatsLast(items: Iterable<Incoming> | AsyncIterable<Incoming>): AsyncGenerator<Incoming> {
  const repeats: Incoming[] = []
  for await (const item of items)
    if (item.duplicateOf === null) yield item
    else repeats.push(item)
  yield* repeats
}

async function* slices<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let slice: T[] = []
  for await (const item of items) {
    slice.push(item)
    if (slice.length === size) {
      yield slice
      slice = []
    }
  }
  if (slice.length) yield slice
}
