/** What an import of people would do, worked out before anything is written. */
import { setImmediate } from 'node:timers/promises'
import { sayIssue } from '#app/platform/bad-input.ts'
import { newId } from '#app/platform/ids.server.ts'
import { firstFree, slugify } from '#app/platform/slug.ts'
import { onCycles } from './manager-tree.ts'
import { type Leave, newcomer, overlap, type Person } from './person.ts'
import { type PersonRow, readPersonRow } from './person-row.ts'
import { teamKey } from './team.ts'
import type { Team } from './team-queries.server.ts'

export interface ImportRow {
  line: number
  cells: Record<string, string>
}

export interface ImportReport {
  created: number
  updated: number
  unchanged: number
  rejected: number
  /** Without a line the whole file is meant. */
  errors: { line: number | null; column: string | null; message: string }[]
  notes: string[]
}

/** The house as it is before the import. */
export interface House {
  people: Person[]
  teams: Team[]
  leaves: Map<string, Leave[]>
  /** Ids of people whose accounts administer. */
  administrators: string[]
  /** YYYY-MM-DD in the organisation's zone. */
  today: string
}

export interface PlannedPerson {
  before: Person | null
  after: Person
  /** All leaves from now on, when the file changes them. */
  leaves: Leave[] | null
}

export interface ImportPlan {
  people: PlannedPerson[]
  teams: Team[]
  report: ImportReport
}

const ROWS_AT_ONCE = 500

/** Works the plan out, letting other work go on between slices of rows. */
export async function planPeopleImport(rows: readonly ImportRow[], house: House): Promise<ImportPlan> {
  const planner = new Planner(house)
  for (const [at, row] of rows.entries()) {
    if (at % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await setImmediate()
    planner.read(row)
  }
  return planner.plan()
}

class Planner {
  readonly #report: ImportReport = { created: 0, updated: 0, unchanged: 0, rejected: 0, errors: [], notes: [] }
  readonly #byEmail: Map<string, Person>
  readonly #rows = new Map<string, PersonRow>()
  readonly #lines = new Map<string, number>()
  /** Administrators and their last day, as far as rows read so far tell. */
  readonly #administrators: Map<string, string | null>
  readonly #engineerUnknown: number[] = []
  readonly #notes: { line: number; text: string }[] = []

  constructor(private readonly house: House) {
    this.#byEmail = new Map(house.people.map(person => [person.email, person]))
    this.#administrators = new Map(
      house.people.filter(one => house.administrators.includes(one.id)).map(one => [one.id, one.leftOn]),
    )
  }

  read({ line, cells }: ImportRow): void {
    const { row, complaints, remarks } = readPersonRow(line, cells)
    const known = this.#byEmail.get(row.email)
    const before = this.#lines.get(row.email)
    if (row.email !== '') {
      if (before !== undefined)
        complaints.push({ column: 'email', message: `${row.email} is on line ${before} already` })
      else this.#lines.set(row.email, line)
    }
    const startedOn = row.startedOn === undefined ? known?.startedOn : row.startedOn
    const leftOn = row.leftOn === undefined ? known?.leftOn : row.leftOn
    if (startedOn && leftOn && leftOn < startedOn)
      complaints.push({ column: 'left_on', message: `the last day (${leftOn}) is before the first (${startedOn})` })
    if (complaints.length === 0 && known && leftOn && this.#isLastAdministrator(known.id, leftOn))
      complaints.push({ column: 'left_on', message: 'this is the last administrator: make somebody else one first' })
    if (complaints.length > 0) {
      this.#reject(line, complaints)
      return
    }
    if (known && this.#administrators.has(known.id)) this.#administrators.set(known.id, leftOn ?? null)
    for (const remark of remarks) this.#note(line, remark.column, remark.message)
    if (row.isEngineer === undefined && !known) this.#engineerUnknown.push(line)
    this.#rows.set(row.email, row)
  }

  #isLastAdministrator(personId: string, day: string): boolean {
    if (!this.#administrators.has(personId)) return false
    const until = day > this.house.today ? day : this.house.today
    return ![...this.#administrators].some(([id, leftOn]) => id !== personId && (leftOn === null || leftOn > until))
  }

  #reject(line: number, complaints: { column: string; message: string }[]): void {
    this.#report.rejected++
    this.#report.errors.push(...complaints.map(complaint => ({ line, ...complaint })))
  }

  #note(line: number, column: string, message: string): void {
    this.#notes.push({ line, text: sayIssue({ line, column, message }) })
  }

  plan(): ImportPlan {
    this.#refuseCycles()
    const { teams, idOf } = this.#planTeams()
    const ids = new Map<string, string>()
    for (const email of this.#rows.keys()) ids.set(email, this.#byEmail.get(email)?.id ?? newId())
    const people: PlannedPerson[] = []
    for (const row of this.#rows.values()) {
      const before = this.#byEmail.get(row.email) ?? null
      const person = before ?? newcomer({ id: ids.get(row.email) as string, name: row.name, email: row.email })
      const after: Person = {
        ...person,
        name: row.name,
        teamId: row.team === undefined ? person.teamId : row.team === null ? null : idOf(row.team),
        managerId: this.#managerOf(row, person, ids),
        isEngineer: row.isEngineer ?? person.isEngineer,
        startedOn: row.startedOn === undefined ? person.startedOn : row.startedOn,
        leftOn: row.leftOn === undefined ? person.leftOn : row.leftOn,
      }
      const leaves = row.leave ? withLeave(this.house.leaves.get(person.id) ?? [], row.leave) : null
      const isSame = before !== null && leaves === null && JSON.stringify(before) === JSON.stringify(after)
      if (before === null) this.#report.created++
      else if (isSame) this.#report.unchanged++
      else this.#report.updated++
      if (!isSame) people.push({ before, after, leaves })
    }
    this.#report.notes.push(...this.#notes.sort((one, other) => one.line - other.line).map(note => note.text))
    this.#noteEngineers()
    this.#report.errors.sort((one, other) => (one.line ?? 0) - (other.line ?? 0))
    return { people, teams, report: this.#report }
  }

  /** Rows that would put somebody above themselves. Without them the rest is looked at again. */
  #refuseCycles(): void {
    for (;;) {
      const managers = new Map<string, string | null>()
      const emails = new Map(this.house.people.map(person => [person.id, person.email]))
      for (const person of this.house.people)
        managers.set(person.email, person.managerId === null ? null : (emails.get(person.managerId) ?? null))
      for (const row of this.#rows.values())
        if (row.managerEmail !== undefined) managers.set(row.email, row.managerEmail)
      const cyclic = [...onCycles(managers)].filter(email => this.#rows.get(email)?.managerEmail)
      if (cyclic.length === 0) return
      for (const email of cyclic) {
        const row = this.#rows.get(email) as PersonRow
        const message =
          row.managerEmail === email
            ? 'nobody is their own manager'
            : `${row.managerEmail} reports to ${email}, directly or through others`
        this.#reject(row.line, [{ column: 'manager_email', message }])
        this.#rows.delete(email)
      }
    }
  }

  #managerOf(row: PersonRow, person: Person, ids: ReadonlyMap<string, string>): string | null {
    if (row.managerEmail === undefined) return person.managerId
    if (row.managerEmail === null) return null
    const id = ids.get(row.managerEmail) ?? this.#byEmail.get(row.managerEmail)?.id
    if (id === undefined) {
      this.#note(row.line, 'manager_email', `nobody with the address ${row.managerEmail} is known: left out`)
      return person.managerId
    }
    const leftOn = this.#rows.get(row.managerEmail)?.leftOn ?? this.#byEmail.get(row.managerEmail)?.leftOn
    if (leftOn && leftOn <= this.house.today && !row.leftOn)
      this.#note(row.line, 'manager_email', `${row.managerEmail} left on ${leftOn}`)
    return id
  }

  #planTeams(): { teams: Team[]; idOf: (name: string) => string } {
    const byKey = new Map(this.house.teams.map(team => [teamKey(team.name), team]))
    const slugs = new Set(this.house.teams.map(team => team.slug))
    const teams: Team[] = []
    for (const row of this.#rows.values()) {
      if (!row.team || byKey.has(teamKey(row.team))) continue
      const slug = firstFree(slugify(row.team), slugs)
      const team = { id: newId(), slug, name: row.team, parentId: null }
      slugs.add(slug)
      byKey.set(teamKey(row.team), team)
      teams.push(team)
      this.#note(row.line, 'team', `the team "${row.team}" is new and is added`)
    }
    return { teams, idOf: name => (byKey.get(teamKey(name)) as Team).id }
  }

  #noteEngineers(): void {
    const lines = this.#engineerUnknown
    if (lines.length === 0) return
    const named = lines.slice(0, 10).join(', ')
    const rest = lines.length > 10 ? ` and ${lines.length - 10} more` : ''
    this.#report.notes.push(
      `Column is_engineer: nothing on line${lines.length > 1 ? 's' : ''} ${named}${rest}: not counted as engineers until somebody says so`,
    )
  }
}

/** The leaves with one more; those that it overlaps were earlier plans of the same. Null when nothing changes. */
function withLeave(leaves: readonly Leave[], leave: Leave): Leave[] | null {
  if (leaves.some(one => one.startsOn === leave.startsOn && one.endsOn === leave.endsOn)) return null
  return [...leaves.filter(one => !overlap(one, leave)), leave].sort((one, other) =>
    one.startsOn < other.startsOn ? -1 : 1,
  )
}
