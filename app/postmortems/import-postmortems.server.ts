/** Takes in what the parsers understood: created, updated, unchanged or rejected, record by record, with a report. */
import type { Actor } from '#app/identity/actor.ts'
import { incidentsByKeys } from '#app/incidents/incidents.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { suggestFromTags, suggestThemes } from '#app/themes/suggest-themes.ts'
import { listThemes } from '#app/themes/themes.server.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { type Identity, identitiesOf } from './postmortem-queries.server.ts'
import { recordsByIds } from './read-postmortem.server.ts'
import { type PostmortemRecord, recordSchema } from './record.ts'
import { hashOf } from './record-of.server.ts'
import { type RecordToSave, saveRecords } from './save-records.server.ts'
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

/** Records that share a transaction; between slices other requests get their turn. */
const SLICE = 100
/** A report names this many notes and errors, and counts the rest. */
const MOST_LINES = 2_000

type Decision =
  | { kind: 'save'; save: RecordToSave; outcome: 'created' | 'updated' }
  | { kind: 'skip'; outcome: 'unchanged'; note?: string }

/**
 * Imports in slices. A record is taken whole or not at all; the same again changes nothing.
 * Identity: external_id, else source_url, else incident, else title and published_at. A record that only repeats the
 * address of another one counts as unchanged, with a note.
 */
export async function importPostmortems(
  context: { db: Db; clock: Clock; actor: Actor },
  incoming: Iterable<Incoming>,
  options: { dryRun?: boolean; onProgress?: (done: number) => Promise<void> | void } = {},
): Promise<ImportReport> {
  const report = emptyReport()
  const seen = new Seen()
  let done = 0
  for (const slice of slices(incoming, SLICE)) {
    await importSlice(context, slice, report, seen, options.dryRun ?? false)
    done += slice.length
    await options.onProgress?.(done)
    await new Promise(resolve => setImmediate(resolve))
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

async function importSlice(
  context: { db: Db; clock: Clock; actor: Actor },
  slice: Incoming[],
  report: ImportReport,
  seen: Seen,
  dryRun: boolean,
): Promise<void> {
  const valid = slice.filter(item => isValid(item, report))
  seen.begin()
  try {
    const outcome = await inTransaction(context.db, async tx => {
      const decisions = await decide(tx, valid, seen)
      const saves = decisions.flatMap(decision => (decision.kind === 'save' ? decision.save : []))
      const saved = dryRun ? [] : await saveRecords(tx, context, saves)
      return { decisions, saved }
    })
    record(report, valid, outcome)
  } catch (error) {
    seen.rollBack()
    if (valid.length <= 1) {
      const only = valid[0]
      if (!only) throw error
      report.rejected++
      pushError(report, {
        line: only.line,
        column: null,
        message: `${only.source}: ${error instanceof Error ? error.message : 'could not be stored'}`,
      })
      return
    }
    // One record spoilt the slice: nothing of it was kept, so each is tried by itself.
    for (const item of valid) await importSlice(context, [item], report, seen, dryRun)
  }
}

function isValid(item: Incoming, report: ImportReport): boolean {
  const parsed = recordSchema.safeParse(item.record)
  if (parsed.success) return true
  report.rejected++
  for (const issue of parsed.error.issues.slice(0, 5))
    pushError(report, {
      line: item.line,
      column: issue.path.join('.') || null,
      message: `${item.source}: ${issue.path.join('.')}: ${issue.message}`,
    })
  return false
}

async function decide(db: Db, items: Incoming[], seen: Seen): Promise<Decision[]> {
  const records = items.map(item => item.record)
  const incidents = await incidentsByKeys(
    db,
    records.flatMap(one => one.incidentKey ?? []),
  )
  const existing = new Existing(
    await identitiesOf(db, {
      externalIds: [...records.flatMap(one => one.externalId ?? []), ...items.flatMap(item => item.duplicateOf ?? [])],
      sourceUrls: records.flatMap(one => one.sourceUrl ?? []),
      incidentIds: [...incidents.values()].map(incident => incident.id),
      titles: records.filter(one => !one.externalId && !one.sourceUrl && !one.incidentKey).map(one => one.title),
    }),
  )
  const themes = await listThemes(db)
  const matched = items.map(item => existing.match(item, incidents.get(item.record.incidentKey ?? '')?.id ?? null))
  const current = await recordsByIds(
    db,
    matched.flatMap(match => (match && match.kind === 'same' ? match.identity.id : [])),
  )
  return items.map((item, index): Decision => {
    const { record } = item
    const repeat = seen.repeats(item)
    if (repeat) return { kind: 'skip', outcome: 'unchanged', note: repeat }
    const match = matched[index]
    if (match?.kind === 'repeat') return { kind: 'skip', outcome: 'unchanged', note: match.note }
    seen.add(item)
    const importHash = hashOf(record)
    if (match) {
      const before = current.get(match.identity.id)
      if (match.identity.import_hash === importHash || (before && hashOf(before) === importHash))
        return { kind: 'skip', outcome: 'unchanged' }
    }
    const text = [record.title, ...Object.values(record.sections), ...record.factors.map(factor => factor.text)].join(
      '\n',
    )
    const suggestions = [
      ...suggestFromTags(
        themes,
        item.suggestedThemes.map(tag => tag.word),
      ),
      ...suggestThemes(themes, text),
    ].filter((one, at, all) => all.findIndex(other => other.themeId === one.themeId) === at)
    return {
      kind: 'save',
      outcome: match ? 'updated' : 'created',
      save: {
        record,
        id: match?.identity.id,
        note: match ? 'Imported again, changed' : `Imported from ${item.source}`,
        importHash,
        suggestions: suggestions.slice(0, 8),
      },
    }
  })
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
      decision.kind === 'save' ? [...item.notes, ...(saved[at++]?.notes ?? [])] : decision.note ? [decision.note] : []
    for (const note of notes) pushNote(report, `${item.source}${item.line ? `, line ${item.line}` : ''}: ${note}`)
  })
}

/** What is in the library already, by the four ways of telling. */
class Existing {
  readonly #byExternalId = new Map<string, Identity>()
  readonly #byUrl = new Map<string, Identity>()
  readonly #byIncident = new Map<string, Identity>()
  readonly #byTitle = new Map<string, Identity>()

  constructor(identities: Identity[]) {
    for (const one of identities) {
      if (one.external_id) this.#byExternalId.set(one.external_id, one)
      if (one.source_url) this.#byUrl.set(one.source_url, one)
      if (one.incident_id) this.#byIncident.set(one.incident_id, one)
      this.#byTitle.set(titleKey(one.title, one.published_at), one)
    }
  }

  match(
    item: Incoming,
    incidentId: string | null,
  ): { kind: 'same'; identity: Identity } | { kind: 'repeat'; identity: Identity; note: string } | null {
    const { record } = item
    const own = record.externalId ? this.#byExternalId.get(record.externalId) : undefined
    if (own) return { kind: 'same', identity: own }
    const original = item.duplicateOf ? this.#byExternalId.get(item.duplicateOf) : undefined
    if (original)
      return {
        kind: 'repeat',
        identity: original,
        note: `Says that it repeats “${original.title}”, which is in the library.`,
      }
    const sameAddress = record.sourceUrl ? this.#byUrl.get(record.sourceUrl) : undefined
    if (sameAddress)
      return sameAddress.external_id === record.externalId
        ? { kind: 'same', identity: sameAddress }
        : {
            kind: 'repeat',
            identity: sameAddress,
            note: `The library has this address already: “${sameAddress.title}”.`,
          }
    if (record.externalId || record.sourceUrl) return null
    const sameIncident = incidentId ? this.#byIncident.get(incidentId) : undefined
    if (sameIncident) return { kind: 'same', identity: sameIncident }
    if (record.incidentKey) return null
    const sameTitle = this.#byTitle.get(titleKey(record.title, record.publishedAt))
    return sameTitle && !sameTitle.external_id && !sameTitle.source_url ? { kind: 'same', identity: sameTitle } : null
  }
}

/** What this run has taken in so far: repeats inside one file are noticed even in a dry run. */
class Seen {
  readonly #externalIds = new Set<string>()
  readonly #urls = new Map<string, string>()
  readonly #titles = new Set<string>()
  #undo: (() => void)[] = []

  /** From here on `rollBack` forgets what was added. */
  begin(): void {
    this.#undo = []
  }

  rollBack(): void {
    for (const undo of this.#undo) undo()
    this.#undo = []
  }

  repeats({ record, duplicateOf }: Incoming): string | null {
    if (record.externalId && this.#externalIds.has(record.externalId))
      return `external_id ${record.externalId} came earlier in this import.`
    if (duplicateOf && this.#externalIds.has(duplicateOf)) return 'Repeats a record that came earlier in this import.'
    const title = record.sourceUrl ? this.#urls.get(record.sourceUrl) : undefined
    if (title !== undefined) return `Its address came earlier in this import: “${title}”.`
    if (!record.externalId && !record.sourceUrl && this.#titles.has(this.#titleOf(record)))
      return 'The same came earlier in this import.'
    return null
  }

  add({ record }: Incoming): void {
    const { externalId, sourceUrl, title } = record
    if (externalId) {
      this.#externalIds.add(externalId)
      this.#undo.push(() => this.#externalIds.delete(externalId))
    }
    if (sourceUrl) {
      this.#urls.set(sourceUrl, title)
      this.#undo.push(() => this.#urls.delete(sourceUrl))
    }
    if (!externalId && !sourceUrl) {
      const key = this.#titleOf(record)
      this.#titles.add(key)
      this.#undo.push(() => this.#titles.delete(key))
    }
  }

  #titleOf(record: PostmortemRecord): string {
    return record.incidentKey ? `incident ${record.incidentKey}` : titleKey(record.title, record.publishedAt)
  }
}

function titleKey(title: string, publishedAt: string | null): string {
  return `${publishedAt ?? ''} ${title}`
}

function pushError(report: ImportReport, error: ImportReport['errors'][number]): void {
  if (report.errors.length < MOST_LINES) report.errors.push(error)
}

function pushNote(report: ImportReport, note: string): void {
  if (report.notes.length < MOST_LINES) report.notes.push(note)
  else if (report.notes.length === MOST_LINES) report.notes.push('… and more notes than are listed here.')
}

function* slices<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let slice: T[] = []
  for (const item of items) {
    slice.push(item)
    if (slice.length === size) {
      yield slice
      slice = []
    }
  }
  if (slice.length) yield slice
}
