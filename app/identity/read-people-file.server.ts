/** An uploaded people file, understood and tried out, before anybody says yes. */
import { BadInput, type InputIssue } from '#app/platform/bad-input.ts'
import { cleanText } from '#app/platform/clean-text.ts'
import type { Clock } from '#app/platform/clock.ts'
import { readCsv } from '#app/platform/csv.ts'
import { decodeText } from '#app/platform/decode-text.ts'
import { invalidField } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import type { Actor } from './actor.ts'
import { importPeople } from './import-people.server.ts'
import { PEOPLE_COLUMNS } from './people-columns.ts'
import type { ImportReport } from './people-import-plan.server.ts'

/** The text as it can travel through a form and back without a change. */
export function peopleText(bytes: Uint8Array): { text: string; notes: string[] } {
  try {
    const decoded = decodeText(bytes)
    const clean = cleanText(decoded.text)
    return { text: clean.text, notes: [...decoded.notes, ...clean.notes] }
  } catch (error) {
    if (error instanceof BadInput) throw invalidField('file', error.message)
    throw error
  }
}

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
