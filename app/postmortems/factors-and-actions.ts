/** Understands lists of contributing factors and of action items: as a whole or not at all. */
import { addAll } from '#app/platform/add-all.ts'
import { type Block, blocksOf, type ListItem } from './markdown-blocks.ts'
import { normaliseKind, normaliseState } from './normalise.ts'
import { type Action, type Factor, LIMITS } from './record.ts'
import type { Section } from './sections.ts'
import { plainText } from './understand-prose.ts'
import { daysIn } from './written-time.ts'

export interface UnderstoodList<T> {
  entries: T[]
  definitions: string[]
}

/** One factor for each item of the section's lists; null when there is anything else than lists. */
export function understandFactors(section: Section): UnderstoodList<Factor> | null {
  const found = itemsOnly(section)
  if (!found) return null
  const entries = found.items
    .map(item => item.lines.join('\n').trim())
    .filter(text => text !== '')
    .map(text => ({ text, themes: [], whys: [] }))
  if (entries.length > 200 || entries.some(({ text }) => text.length > LIMITS.line)) return null
  return { entries, definitions: found.definitions }
}

/** One action for each item, nested ones too, or for each row of a table; null when there is anything else. */
export function understandActions(section: Section): UnderstoodList<Action> | null {
  const table = tableOnly(section)
  const found = table ? null : itemsOnly(section)
  if (!table && !found) return null
  const definitions = table?.definitions ?? found!.definitions
  const entries: Action[] = []
  if (table) {
    const actions = actionsOfTable(table.block)
    if (!actions) return null
    addAll(entries, actions)
  } else for (const item of found!.items) if (!addItem(item, entries, 1)) return null
  if (entries.length > 500 || entries.some(({ title }) => title.length > LIMITS.line)) return null
  return { entries, definitions }
}

function itemsOnly(section: Section): { items: ListItem[]; definitions: string[] } | null {
  if (section.children.length > 0) return null
  const items: ListItem[] = []
  const definitions: string[] = []
  let ordered: boolean | null = null
  for (const block of blocksOf(section.lines)) {
    if (block.kind === 'list') {
      // Bullets below numbers, without indentation: what belongs to what is not certain.
      if (ordered !== null && ordered !== block.ordered) return null
      ordered = block.ordered
      addAll(items, block.items)
    } else if (block.kind === 'definition') addAll(definitions, block.lines)
    else if (block.kind !== 'rule') return null
  }
  return { items, definitions }
}

function tableOnly(section: Section): { block: Block & { kind: 'table' }; definitions: string[] } | null {
  if (section.children.length > 0) return null
  const definitions: string[] = []
  let table: (Block & { kind: 'table' }) | null = null
  for (const block of blocksOf(section.lines)) {
    if (block.kind === 'table' && !table) table = block
    else if (block.kind === 'definition') addAll(definitions, block.lines)
    else if (block.kind !== 'rule') return null
  }
  return table ? { block: table, definitions } : null
}

const DEEPEST_LIST = 8

/** The item's own words become a title; items below it become actions that follow, an address alone joins its parent. */
function addItem(item: ListItem, actions: Action[], depth: number): boolean {
  if (depth > DEEPEST_LIST) return false
  const blocks = blocksOf(item.lines)
  const words: string[] = []
  const nested: ListItem[] = []
  for (const block of blocks) {
    if (block.kind === 'paragraph') for (const line of block.lines) words.push(line.trim())
    else if (block.kind === 'list') addAll(nested, block.items)
    else return false
  }
  const below = nested.filter(one => {
    const text = one.lines.join(' ').trim()
    if (!/^<?https?:\S{1,2000}$/.test(text)) return true
    words.push(text)
    return false
  })
  if (words.length > 0) actions.push(actionOf(words.join(' ')))
  return below.every(one => addItem(one, actions, depth + 1))
}

const DONE_WORD = /\s*[([](?:done|completed?|fixed|closed|finished)[)\]]\.?$/i

/** `[x]`, `(done)`, a tick and struck out text say that an action is done. */
export function actionOf(written: string): Action {
  let title = written.trim()
  let done = false
  const box = /^\[([ xX]?)\](?:\s+|$)/.exec(title)
  if (box) {
    done = box[1]!.toLowerCase() === 'x'
    title = title.slice(box[0].length)
  }
  if (/^(?:✅|☑️?|✔️?)\s*/u.test(title)) {
    done = true
    title = title.replace(/^(?:✅|☑️?|✔️?)\s*/u, '')
  }
  const tail = DONE_WORD.exec(title.slice(-40))
  if (tail) {
    done = true
    title = title.slice(0, title.length - tail[0].length)
  }
  if (title.length > 4 && title.startsWith('~~') && title.indexOf('~~', 2) === title.length - 2) {
    done = true
    title = title.slice(2, -2).trim()
  }
  return { ...noAction, title: title.trim(), state: done ? 'done' : 'open' }
}

const noAction: Omit<Action, 'title'> = {
  kind: null,
  owner: null,
  createdOn: null,
  dueOn: null,
  state: 'open',
  closedOn: null,
  reason: null,
  externalId: null,
}

type Column = 'title' | 'owner' | 'dueOn' | 'state' | 'kind' | 'externalId' | 'createdOn' | 'closedOn' | 'other'

const COLUMNS: [Column, RegExp][] = [
  ['createdOn', /^(?:created|opened|raised)(?: on| at| date)?$/],
  ['closedOn', /^(?:closed|completed|done|finished)(?: on| at| date)$/],
  ['dueOn', /\b(?:due|deadline|eta|by when|target|expected)\b/],
  ['owner', /^(?:owners?|who|assignees?|assigned(?: to)?|responsible|dri|lead|person)\b/],
  ['state', /^(?:status|state|done|progress)\b/],
  ['kind', /^(?:type|kind|category)\b/],
  ['externalId', /^(?:bug|ticket|issue|jira|tracker|link|id|ref(?:erence)?|number)\b/],
  ['title', /\b(?:actions?|items?|tasks?|todo|description|what|title|follow ups?|summary|details?)\b/],
]

function actionsOfTable(table: Block & { kind: 'table' }): Action[] | null {
  const taken = new Set<Column>()
  const columns = table.header.map(cell => {
    const name = plainText(cell)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim()
    const column = COLUMNS.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other'
    if (taken.has(column)) return 'other'
    taken.add(column)
    return column
  })
  if (!taken.has('title')) return null
  const actions: Action[] = []
  for (const row of table.rows) {
    if (row.every(cell => cell === '')) continue
    actions.push(actionOfRow(row, columns, table.header))
  }
  return actions
}

function actionOfRow(row: string[], columns: Column[], header: string[]): Action {
  const action = actionOf(row[columns.indexOf('title')] ?? '')
  const others: string[] = []
  row.forEach((cell, i) => {
    const column = columns[i] ?? 'other'
    if (cell === '' || column === 'title') return
    if (!setCell(action, column, cell)) others.push(header[i] ? `${plainText(header[i])}: ${cell}` : cell)
  })
  if (others.length > 0) action.title = `${action.title} (${others.join('; ')})`.trim()
  return action
}

/** False when the cell is not what its column should hold: its words then stay with the title. */
function setCell(action: Action, column: Column, cell: string): boolean {
  if (column === 'owner' || column === 'externalId') {
    if (cell.length > 300) return false
    action[column] = cell
  } else if (column === 'state') {
    const { value } = normaliseState(plainText(cell))
    if (value === null) return false
    action.state = value
  } else if (column === 'kind') {
    const { value } = normaliseKind(plainText(cell))
    if (value === null) return false
    action.kind = value
  } else if (column === 'dueOn' || column === 'createdOn' || column === 'closedOn') {
    const days = daysIn(cell)
    if (days.length !== 1 || cell.length > 40) return false
    action[column] = days[0]!
  } else return false
  return true
}
