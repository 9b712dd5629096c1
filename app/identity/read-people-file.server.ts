/** An uploaded people file, understood and tried out, before anybody says yes. */
import type { InputIssue } from '#app/platform/bad-input.ts'
import type { Clock } from '#app/platform/clock.ts'
import { readCsv } from '#app/platform/csv.ts'
import type { Db } from '#db/index.server.ts'
import type { Actor } from './actor.ts'
import { importPeople } from './import-people.server.ts'
import { PEOPLE_COLUMNS } from './people-columns.ts'
import type { ImportReport } from './people-import-plan.server.ts'

/** Reads the table and imports it, rows that cannot be read among the report's errors. */
export async function importPeopleText(
  context: { db: Db; clock: Clock; actor: Actor },
  text: string,
  options: { dryRun?: boolean } = {},
): Promise<ImportReport> {
  const { rows, errors, notes } = readCsv(text, PEOPLE_COLUMNS)
  const report = await importPeople(context, rows, options)
  return {
    ...report,
    rejected: report.rejected + errors.length,
    errors: [...errors.map(placed), ...report.errors].sort((one, other) => (one.line ?? 0) - (other.line ?? 0)),
    notes: [...notes, ...report.notes],
  }
}

function placed({ line, column, message }: InputIssue): ImportReport['errors'][number] {
  return { line: line ?? null, column: column === undefined ? null : String(column), message }
}
