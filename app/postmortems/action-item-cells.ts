/** The columns of an import of action items, and what the cells of a row say. */
import { normaliseEmail } from '#app/identity/fields.ts'
import { parseDay } from '#app/platform/parse-time.ts'
import type { CellComplaint } from '#app/platform/table-import.ts'
import { normaliseKind, normaliseState } from './normalise.ts'
import { type Action, LIMITS } from './record.ts'

export const ACTION_ITEM_COLUMNS = {
  required: ['title', ['incident', 'postmortem']],
  known: [
    'incident',
    'postmortem',
    'title',
    'kind',
    'owner_email',
    'created_on',
    'due_on',
    'state',
    'closed_on',
    'drop_reason',
    'external_id',
  ],
  aliases: { owner: 'owner_email', reason: 'drop_reason', uuid: 'external_id', id: 'external_id' },
} satisfies { required: (string | string[])[]; known: string[]; aliases: Record<string, string> }

/** What a row says. A column that the file does not have is absent; an empty cell means that nothing is known. */
export interface ReadActionItem {
  line: number
  /** An incident's key. */
  incident: string | null
  /** A postmortem's slug or external id. */
  postmortem: string | null
  title: string
  externalId: string | null
  kind?: Action['kind']
  /** As written, an address in the form in which addresses are compared. */
  owner?: string | null
  createdOn?: string | null
  dueOn?: string | null
  state?: Action['state']
  closedOn?: string | null
  reason?: string | null
}

export function readActionItem(
  line: number,
  cells: Record<string, string>,
): { item: ReadActionItem; complaints: CellComplaint[]; notes: CellComplaint[] } {
  const complaints: CellComplaint[] = []
  const notes: CellComplaint[] = []
  const complain = (column: string, message: string) => void complaints.push({ column, message })
  const cell = (column: string, limit: number): string | null | undefined => {
    const text = cells[column]?.trim()
    if (text !== undefined && text.length > limit)
      complain(column, `${text.length} characters; at most ${limit.toLocaleString('en-GB')} are kept`)
    return text === '' ? null : text
  }
  const day = (column: string): string | null | undefined => {
    if (cells[column] === undefined) return undefined
    const parsed = parseDay(cells[column])
    if (parsed.kind === 'invalid') complain(column, parsed.why)
    return parsed.kind === 'day' ? parsed.day : null
  }
  const word = <T>(column: string, read: (text: string) => { value: T | null; problem: string | null }) => {
    if (cells[column] === undefined) return undefined
    const { value, problem } = read(cells[column])
    if (problem) complain(column, problem)
    return value
  }

  const owner = cell('owner_email', 300)
  const item: ReadActionItem = {
    line,
    incident: cell('incident', 200) ?? null,
    postmortem: cell('postmortem', 300) ?? null,
    title: cell('title', LIMITS.line)?.replace(/\s*\n\s*/g, ' ') ?? '',
    externalId: cell('external_id', 300) ?? null,
    kind: word('kind', normaliseKind),
    owner: owner?.includes('@') ? normaliseEmail(owner) : owner,
    createdOn: day('created_on'),
    dueOn: day('due_on'),
    state: word('state', normaliseState) ?? undefined,
    closedOn: day('closed_on'),
    reason: cell('drop_reason', LIMITS.line),
  }
  if (item.title === '') complain('title', 'an action item needs a title')
  if (item.incident === null && item.postmortem === null)
    complain('incident', 'an action item belongs to an incident or a postmortem: write the key of one')
  if (complaints.length > 0) return { item, complaints, notes }

  if (item.closedOn && (item.state === 'open' || item.state === 'in progress')) {
    notes.push({ column: 'closed_on', message: `${item.closedOn} was left out, because the item is ${item.state}` })
    item.closedOn = null
  }
  if (item.closedOn && item.createdOn && item.closedOn < item.createdOn)
    notes.push({
      column: 'closed_on',
      message: `${item.closedOn} is before created_on: how long it took counts as unknown`,
    })
  return { item, complaints, notes }
}
