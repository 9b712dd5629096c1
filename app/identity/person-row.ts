/** One row of a people file, understood or refused. Column names are those of the file. */
import { parseDay } from '#app/platform/parse-time.ts'
import { isEmail, normaliseEmail } from './fields.ts'
import { type Leave, personName } from './person.ts'
import { teamName } from './team.ts'

/** What a row says. Undefined: the file does not speak of it, and what is known stays. */
export interface PersonRow {
  line: number
  name: string
  email: string
  team?: string | null
  managerEmail?: string | null
  startedOn?: string | null
  isEngineer?: boolean
  leave?: Leave
  leftOn?: string | null
}

export interface RowComplaint {
  column: string
  message: string
}

/** What was made of a cell that could have been meant otherwise. */
export type RowRemark = RowComplaint

const YES = new Set(['yes', 'true', '1', 'y'])
const NO = new Set(['no', 'false', '0', 'n'])
// Words of other languages are understood, and said so.
const ALSO_YES = new Set(['ja', 'oui', 'sí', 'si', 'sì', 'sim', 'tak', 'da', 't', 'wahr', 'vrai', 'on', 'x'])
const ALSO_NO = new Set(['nein', 'non', 'não', 'nao', 'nie', 'ne', 'nee', 'nej', 'f', 'falsch', 'faux', 'off'])

/** Reads one row; all of its complaints are given, not only the first. */
export function readPersonRow(
  line: number,
  cells: Record<string, string>,
): { row: PersonRow; complaints: RowComplaint[]; remarks: RowRemark[] } {
  const complaints: RowComplaint[] = []
  const remarks: RowRemark[] = []
  const cell = (column: string) => (cells[column] === undefined ? undefined : cells[column].trim())
  const complain = (column: string, message: string) => complaints.push({ column, message })

  function day(column: string): string | null | undefined {
    const text = cell(column)
    if (text === undefined) return undefined
    const parsed = parseDay(text)
    if (parsed.kind === 'invalid') complain(column, parsed.why)
    return parsed.kind === 'day' ? parsed.day : null
  }

  const name = personName.safeParse(cells.name ?? '')
  if (!name.success) complain('name', cell('name') ? (name.error.issues[0]?.message ?? '') : 'a person needs a name')
  const email = normaliseEmail(cells.email ?? '')
  if (email === '') complain('email', 'a person needs an e-mail address')
  else if (!isEmail(email)) complain('email', `"${shown(email)}" is not an e-mail address`)
  else if (mixesAlphabets(email))
    remarks.push({
      column: 'email',
      message: `${email} mixes letters of several alphabets: is it the address you mean?`,
    })

  const row: PersonRow = { line, name: name.success ? name.data : '', email }

  const team = cell('team')
  if (team !== undefined) {
    const parsed = team === '' ? null : teamName.safeParse(team)
    if (parsed && !parsed.success) complain('team', parsed.error.issues[0]?.message ?? '')
    row.team = parsed?.success ? parsed.data : null
  }

  const manager = cell('manager_email')
  if (manager !== undefined) row.managerEmail = manager === '' ? null : normaliseEmail(manager)

  row.startedOn = day('start_date')
  row.leftOn = day('left_on')

  const engineer = cell('is_engineer')?.toLowerCase()
  if (engineer) {
    if (YES.has(engineer) || ALSO_YES.has(engineer)) row.isEngineer = true
    else if (NO.has(engineer) || ALSO_NO.has(engineer)) row.isEngineer = false
    else complain('is_engineer', `"${shown(engineer)}" is neither yes nor no`)
    if (ALSO_YES.has(engineer) || ALSO_NO.has(engineer))
      remarks.push({ column: 'is_engineer', message: `"${engineer}" is read as ${row.isEngineer ? 'yes' : 'no'}` })
  }

  const from = day('leave_from')
  const to = day('leave_to')
  if (from && to && to < from) complain('leave_to', `the leave ends on ${to}, before it begins on ${from}`)
  else if (from) row.leave = { startsOn: from, endsOn: to ?? null }
  else if (to && !cell('leave_from')) complain('leave_from', 'a leave needs its first day')
  if (from && !cell('leave_to'))
    remarks.push({ column: 'leave_to', message: 'the leave has no end: it lasts until somebody writes one' })

  return { row, complaints, remarks }
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

/** Such as a Cyrillic а among Latin letters: legal, and the oldest trick to look like somebody else. */
function mixesAlphabets(email: string): boolean {
  const local = email.slice(0, email.lastIndexOf('@'))
  return /\p{Script=Latin}/u.test(local) && /(?!\p{Script=Latin})\p{L}/u.test(local)
}
