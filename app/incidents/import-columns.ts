/** The columns of an import of incidents, and how a JSON object becomes the cells of a row. */

export const INCIDENT_COLUMNS = {
  /** Columns that a CSV must have; of an inner list one is enough. Cells may be empty. */
  required: [['key', 'external_id'], 'title', 'started_at'],
  known: [
    'key',
    'title',
    'severity',
    'started_at',
    'detected_at',
    'acknowledged_at',
    'mitigated_at',
    'resolved_at',
    'services',
    'incident_commander',
    'detected_by',
    'customer_impact',
    'family',
    'external_id',
    'source_url',
  ],
  aliases: {
    uuid: 'external_id',
    id: 'external_id',
    url: 'source_url',
    start_time: 'started_at',
    start: 'started_at',
    end_time: 'resolved_at',
    end: 'resolved_at',
    company: 'services',
    product: 'services',
  },
} satisfies { required: (string | string[])[]; known: string[]; aliases: Record<string, string> }

/** By column; a column that the file does not have is absent. */
export type IncidentCells = Record<string, string>

/** Names are compared by letters and digits alone, as in CSV headers: startedAt is started_at. */
const BY_NAME = new Map<string, string>([
  ...Object.entries(INCIDENT_COLUMNS.aliases).map(([alias, column]) => [nameKey(alias), column] as const),
  ...INCIDENT_COLUMNS.known.map(column => [nameKey(column), column] as const),
])

/**
 * The cells of one object of a JSON Lines file.
 * @returns `ignored`: fields that are not imported, since nothing here is called so or their value is no text.
 */
export function cellsOfObject(object: Record<string, unknown>): { cells: IncidentCells; ignored: string[] } {
  const cells: IncidentCells = {}
  const ignored: string[] = []
  for (const [name, value] of Object.entries(object)) {
    const column = BY_NAME.get(nameKey(name))
    const text = column === undefined ? null : textOfValue(value)
    if (column === undefined || text === null) ignored.push(name)
    // Company and product are both services; of other doubles the first one with a value counts.
    else if (column === 'services' && cells.services && text) cells.services += `;${text}`
    else cells[column] ||= text
  }
  return { cells, ignored }
}

function textOfValue(value: unknown): string | null {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) {
    const texts = value.map(textOfValue)
    return texts.includes(null) ? null : texts.join(';')
  }
  const { email, name } = value as { email?: unknown; name?: unknown }
  return typeof email === 'string' ? email : typeof name === 'string' ? name : null
}

function nameKey(name: string): string {
  return name
    .slice(0, 200)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}
