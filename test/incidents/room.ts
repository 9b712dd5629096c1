/** What the tests of this room share: a still clock, actors, files of incidents read as an upload would be. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Actor, Role } from '#app/identity/actor.ts'
import { INCIDENT_COLUMNS } from '#app/incidents/import-columns.ts'
import { type IncidentImportReport, importIncidents } from '#app/incidents/import-incidents.server.ts'
import { readCsv } from '#app/platform/csv.ts'
import { decodeText } from '#app/platform/decode-text.ts'
import type { Db } from '#db/index.server.ts'

export const NOW = '2026-03-04T12:00:00.000Z'
export const clock = { now: () => Date.parse(NOW) }

export function actorOf(role: Role): Actor {
  return { accountId: 'a', personId: '', name: 'Ada', email: 'ada@example.org', role, timeZone: 'UTC', via: 'session' }
}

export const editor = actorOf('editor')

export const CSV_FOLDER = fileURLToPath(new URL('../../../shared/data/csv/', import.meta.url))
export const METRICS_CASE = fileURLToPath(new URL('../../../shared/data/metrics-case/', import.meta.url))

export function importRows(
  db: Db,
  rows: Record<string, string>[],
  options: { dryRun?: boolean } = {},
): Promise<IncidentImportReport> {
  const numbered = rows.map((cells, i) => ({ line: i + 2, cells }))
  return importIncidents({ db, clock, actor: editor }, numbered, options)
}

/** Bytes → text → rows → incidents, as the portal's import does it; the reader's complaints stand first. */
export async function importFile(db: Db, path: string) {
  const { text } = decodeText(readFileSync(path))
  const read = readCsv(text, INCIDENT_COLUMNS)
  const report = await importIncidents({ db, clock, actor: editor }, read.rows)
  return { ...report, errors: [...read.errors, ...report.errors], notes: [...read.notes, ...report.notes] }
}

/** A person whom an import can name. */
export async function addPerson(db: Db, email: string, name = 'Dana O’Neill'): Promise<string> {
  await db
    .insertInto('people')
    .values({
      id: email,
      name,
      email,
      team_id: null,
      manager_id: null,
      is_engineer: 1,
      started_on: null,
      left_on: null,
      time_zone: null,
      mails: '{}',
      created_at: NOW,
      updated_at: NOW,
    })
    .execute()
  return email
}

export async function addTeam(db: Db, slug: string, name: string): Promise<string> {
  await db
    .insertInto('teams')
    .values({ id: `team-${slug}`, slug, name, parent_id: null, created_at: NOW })
    .execute()
  return `team-${slug}`
}
