/** How an object of a JSON Lines file becomes the cells of a table's row. */

export interface ObjectColumns {
  known: readonly string[]
  aliases?: Record<string, string>
}

/**
 * The cells of one object, by column; names are compared by letters and digits alone, so that startedAt is started_at.
 * @param joined a column into which several fields may go, parted by semicolons; of other doubles the first value counts.
 * @returns `ignored`: fields that are not imported, since nothing here is called so or their value is no text.
 */
export function cellsOfObject(
  object: Record<string, unknown>,
  { known, aliases = {} }: ObjectColumns,
  joined?: string,
): { cells: Record<string, string>; ignored: string[] } {
  const byName = new Map([
    ...Object.entries(aliases).map(([alias, column]) => [nameKey(alias), column] as const),
    ...known.map(column => [nameKey(column), column] as const),
  ])
  const cells: Record<string, string> = {}
  const ignored: string[] = []
  for (const [name, value] of Object.entries(object)) {
    const column = byName.get(nameKey(name))
    const text = column === undefined ? null : textOfValue(value)
    if (column === undefined || text === null) ignored.push(name)
    else if (column === joined && cells[column] && text) cells[column] += `;${text}`
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
