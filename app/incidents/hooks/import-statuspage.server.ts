import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Actor, demand } from '#app/identity/actor.ts'
import type { Clock } from '#app/platform/clock.ts'
import { slicesOf } from '#app/platform/slices.ts'
import { emptyTableReport, reject, type TableOptions, type TableReport } from '#app/platform/table-import.ts'
import { type Db, inTransaction } from '#db/index.server.ts'
import { importIncidents } from '../import-incidents.server.ts'
import { incidentRowsByExternalIds } from '../incident-queries.server.ts'
import { takeInUpdates } from '../post-update.server.ts'
import { sourcesOfKind } from './hook-queries.server.ts'
import type { ReportedUpdate } from './reading.ts'
import { KINDS } from './source-kinds.ts'
import type { SourceTables } from './source-tables.ts'
import { type HistoryEntry, readHistory, rowOfIncident } from './statuspage-history.ts'

/** Incidents whose updates are written in one transaction. */
const SLICE = 100

/**
 * Brings in the history of a status page: its incidents with what was told while they lasted. Planned work is left out.
 * Where there is one source of this kind, the incidents are known under its name and by its tables, so that its
 * deliveries go on from there. The same again changes nothing.
 * @throws AppError not-found for those who may not import; BadInput when the text is no such history.
 */
export async function importStatuspage(
  { db, clock, actor }: { db: Db; clock: Clock; actor: Actor },
  text: string,
  { dryRun = false, onProgress }: TableOptions = {},
): Promise<TableReport> {
  demand(actor, 'import postmortems and incidents')
  const source = await sourceForHistory(db)
  const report = emptyTableReport()
  const { rows, updates } = readRows(readHistory(text), source, report)
  const done = await importIncidents({ db, clock, actor }, rows, { dryRun, onProgress })
  for (const key of ['created', 'updated', 'unchanged', 'rejected'] as const) report[key] += done[key]
  report.errors = [...report.errors, ...done.errors].sort((one, other) => one.line - other.line)
  report.notes.push(...done.notes.filter(note => !NAMED_ANEW.test(note)))
  if (!dryRun) await takeInAll({ db, clock }, source.name, updates, report)
  return report
}

/** Nobody gives keys there, so there is nothing to say about every one that is given here. */
const NAMED_ANEW = /^Line \d+, key: there is none, so /

interface HistorySource {
  slug: string
  name: string
  tables: SourceTables
}

async function sourceForHistory(db: Db): Promise<HistorySource> {
  const [only, ...others] = await sourcesOfKind(db, 'statuspage')
  return only && others.length === 0
    ? { slug: only.slug, name: only.name, tables: JSON.parse(only.tables) as SourceTables }
    : {
        slug: 'statuspage',
        name: KINDS.statuspage.label,
        tables: { severities: KINDS.statuspage.severities, services: {}, environments: [] },
      }
}

function readRows(entries: HistoryEntry[], source: HistorySource, report: TableReport) {
  const rows: { line: number; cells: Record<string, string> }[] = []
  const updates = new Map<string, ReportedUpdate[]>()
  let planned = 0
  for (const { line, incident } of entries) {
    const read = rowOfIncident(incident, source)
    if (read.kind === 'maintenance') planned++
    else if (read.kind === 'unusable') reject(report, line, [read])
    else {
      rows.push({ line, cells: read.cells })
      updates.set(read.cells.external_id!, read.updates)
    }
  }
  if (planned > 0) {
    const left = planned === 1 ? 'One entry is planned work and was' : `${planned} entries are planned work and were`
    report.notes.push(`${left} left out`)
  }
  return { rows, updates }
}

async function takeInAll(
  { db, clock }: { db: Db; clock: Clock },
  authorName: string,
  updates: Map<string, ReportedUpdate[]>,
  report: TableReport,
): Promise<void> {
  let taken = 0
  for (const slice of slicesOf([...updates], SLICE)) {
    taken += await inTransaction(db, async tx => {
      const incidents = await incidentRowsByExternalIds(
        tx,
        slice.map(([externalId]) => externalId),
      )
      const ids = new Map(incidents.map(row => [row.external_id, row.id]))
      let fresh = 0
      for (const [externalId, told] of slice) {
        const id = ids.get(externalId)
        if (id === undefined) continue
        fresh += await takeInUpdates(
          tx,
          { clock },
          id,
          told.map(update => ({ externalId: update.id, at: update.at, text: update.text, authorName })),
        )
      }
      return fresh
    })
    await nextTurn()
  }
  if (taken > 0) report.notes.push(`${taken} ${taken === 1 ? 'update' : 'updates'} taken over`)
}
