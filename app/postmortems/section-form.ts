/** A section as a form sends it: by its fields, with or without JavaScript. Runs on both sides. */
import { cleanText } from '#app/platform/clean-text.ts'
import { type EditorSection, isListSection, ROW_FIELDS, whyLine, writtenRows } from './editor-sections.ts'
import type { Row, SectionValue } from './merge-section.ts'

export const MOST_ROWS = 2_000

/**
 * What stands in a section's fields: `field.<name>`, or for each `row` its `row.<id>.<name>`; answers of a five-whys
 * chain as `row.<id>.why` with `why.<id>.depth` and `why.<id>.text`. Fields that the form does not show stay as in `base`.
 */
export function sectionFromFields(form: FormData, section: EditorSection, base: SectionValue): SectionValue {
  const all = (name: string) => form.getAll(name).map(value => (typeof value === 'string' ? cleanText(value).text : ''))
  const answersIn = (row: string) =>
    all(`row.${row}.why`)
      .map(why => ({ depth: Number(all(`why.${why}.depth`)[0]) || 0, text: all(`why.${why}.text`)[0] ?? '' }))
      .filter(why => why.text.trim() !== '')
      .map(why => whyLine(why.depth, why.text))
      .join('\n')
  if (!isListSection(section)) {
    const fields = { ...base.fields }
    for (const name of new Set([...form.keys()].filter(key => key.startsWith('field.'))))
      fields[name.slice('field.'.length)] = chosen(all(name))
    return { fields, rows: [] }
  }
  const rows = all('row')
    .slice(0, MOST_ROWS)
    .map((id): Row => {
      const row: Row = { id }
      for (const name of ROW_FIELDS[section])
        row[name] = name === 'whys' ? answersIn(id) : chosen(all(`row.${id}.${name}`))
      return row
    })
  return { fields: {}, rows: writtenRows(section, rows).map(({ row }) => row) }
}

/** Several values of one name are the ticked ones of a list. */
function chosen(values: string[]): string {
  return values.length === 1 ? (values[0] as string) : values.filter(Boolean).join('\n')
}
