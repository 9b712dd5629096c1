/** A section of a postmortem as the editor holds it, and two writers' versions of it put together. */
import { mergeText } from './merge-text.ts'

/** One row of a list: an id that stays while everything else may change, and its fields as text. */
export type Row = { id: string } & Record<string, string>

export interface SectionValue {
  fields: Record<string, string>
  rows: Row[]
}

export type Merged = { kind: 'merged'; value: SectionValue } | { kind: 'conflict'; where: string[] }

/**
 * Fields one by one, rows by their ids. A row that one side removed and the other changed stays. Rows keep the order
 * of whoever moved them; new ones stand behind the row they followed.
 * @param linewise fields that are merged by lines; any other is taken whole.
 */
export function mergeSection(
  base: SectionValue,
  theirs: SectionValue,
  mine: SectionValue,
  linewise: ReadonlySet<string>,
): Merged {
  const where: string[] = []
  const fields = mergeFields(base.fields, theirs.fields, mine.fields, linewise, name => where.push(name))
  const before = byId(base.rows)
  const their = byId(theirs.rows)
  const my = byId(mine.rows)
  const rows: Row[] = []
  for (const id of orderOf(base.rows, theirs.rows, mine.rows)) {
    const [old, theirRow, myRow] = [before.get(id), their.get(id), my.get(id)]
    if (theirRow && myRow)
      rows.push({ ...mergeFields(old ?? {}, theirRow, myRow, linewise, name => where.push(`${id}.${name}`)), id })
    else {
      const left = (theirRow ?? myRow) as Row
      if (!old || !isSameRow(old, left)) rows.push(left)
    }
  }
  return where.length ? { kind: 'conflict', where } : { kind: 'merged', value: { fields, rows } }
}

/** Whether two versions say the same, whatever the order in which fields were named. */
export function isSameValue(one: SectionValue, other: SectionValue): boolean {
  return (
    isSameRow(one.fields, other.fields) &&
    one.rows.length === other.rows.length &&
    one.rows.every((row, at) => isSameRow(row, other.rows[at] as Row))
  )
}

function mergeFields(
  base: Record<string, string>,
  theirs: Record<string, string>,
  mine: Record<string, string>,
  linewise: ReadonlySet<string>,
  onConflict: (name: string) => void,
): Record<string, string> {
  const merged: Record<string, string> = {}
  for (const name of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const [old, their, my] = [base[name] ?? '', theirs[name] ?? '', mine[name] ?? '']
    const whole = their === my || old === my ? their : old === their ? my : null
    const text = whole ?? (linewise.has(name) ? mergeText(old, their, my) : null)
    if (text === null) onConflict(name)
    merged[name] = text ?? my
  }
  return merged
}

/** The ids of all rows that may stay: in the order of the side that moved some, mine if both did. */
function orderOf(base: Row[], theirs: Row[], mine: Row[]): string[] {
  const [skeleton, other] = hasMoved(base, mine) ? [mine, theirs] : [theirs, mine]
  const order = [...new Set(skeleton.map(row => row.id))]
  const placed = new Set(order)
  let after = -1
  for (const { id } of other) {
    if (placed.has(id)) {
      after = order.indexOf(id)
      continue
    }
    after++
    order.splice(after, 0, id)
    placed.add(id)
  }
  return order
}

function hasMoved(base: Row[], other: Row[]): boolean {
  const there = new Set(other.map(row => row.id))
  const known = new Set(base.map(row => row.id))
  const before = base.filter(row => there.has(row.id))
  const after = other.filter(row => known.has(row.id))
  return before.some((row, at) => row.id !== after[at]?.id)
}

function byId(rows: Row[]): Map<string, Row> {
  return new Map(rows.map(row => [row.id, row]))
}

function isSameRow(one: Record<string, string>, other: Record<string, string>): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every(name => (one[name] ?? '') === (other[name] ?? ''))
}
