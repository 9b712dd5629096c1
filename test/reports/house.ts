/** What the tests of this room share: the metrics cases, imported as an organisation would. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ImportKind, importAnything } from '#app/home/import-anything.server.ts'
import { terminalActor } from '#app/identity/auth.server.ts'
import type { ImportReport } from '#app/postmortems/import-postmortems.server.ts'
import type { Db } from '#db/index.server.ts'

const DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
export const CASES = ['metrics-case', 'metrics-case-2', 'metrics-case-3']
export const NO_DATA = existsSync(join(DATA, CASES[0]!)) ? undefined : '../shared/data is not here'

export const clock = { now: () => Date.parse('2026-10-05T00:00:00.000Z') }
export const administrator = terminalActor()

/** In an order in which everything that a file names is there already. */
const KINDS: ImportKind[] = ['people', 'incidents', 'roles', 'postmortems', 'action-items', 'deployments']

export async function importCase(db: Db, name: string): Promise<Map<ImportKind, ImportReport>> {
  const reports = new Map<ImportKind, ImportReport>()
  for (const kind of KINDS) {
    const file = { name: `${kind}.csv`, bytes: readFileSync(join(DATA, name, `${kind}.csv`)) }
    reports.set(kind, await importAnything({ db, clock, actor: administrator }, kind, [file]))
  }
  return reports
}

export function expectedOf(name: string) {
  return JSON.parse(readFileSync(join(DATA, name, 'expected.json'), 'utf8')) as Record<string, unknown> & {
    from: string
    to: string
    asOf: string
    figures: Record<string, Record<string, number | null>>
  }
}

/** Imports the text of one CSV file. */
export function importCsv(
  db: Db,
  kind: ImportKind,
  text: string,
  { dryRun = false, actor = administrator, name = `${kind}.csv` } = {},
): Promise<ImportReport> {
  return importAnything({ db, clock, actor }, kind, [{ name, bytes: Buffer.from(text) }], { dryRun })
}

/** The database, with every query that goes through it counted. */
export function counting(db: Db): { db: Db; queries: () => number } {
  let queries = 0
  const counted = db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      queries++
      return result
    },
  })
  return { db: counted as Db, queries: () => queries }
}
