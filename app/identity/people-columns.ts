/** The columns of a people file. */
import type { CsvColumns } from '#app/platform/csv.ts'

export const PEOPLE_COLUMNS: CsvColumns = {
  required: ['name', 'email'],
  known: ['name', 'email', 'team', 'manager_email', 'start_date', 'is_engineer', 'leave_from', 'leave_to', 'left_on'],
}
