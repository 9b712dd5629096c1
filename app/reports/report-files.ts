/** A report taken out as a table, as data and as text: nothing but what its edition holds. Pure. */
import type { Figures } from '#app/measure/figure.ts'
import { writeCsv } from '#app/platform/csv.ts'
import { definitionOf } from './definitions.ts'
import { tableOf } from './exhibits/exhibit-table.ts'
import { headlineWords } from './headline-words.ts'
import { CHAPTER_QUESTIONS, type Edition, type Exhibit } from './report.ts'

const FIRST_FIELDS = ['value', 'count', 'n', 'low', 'high', 'p90', 'open', 'unknown', 'target']

/** All figures, one a row: of the period, then of the one before. */
export function reportCsv({ content }: Edition): string {
  const all = [content.figures, content.previous]
  const named = new Set(all.flatMap(figures => Object.values(figures).flatMap(Object.keys)))
  const fields = [...FIRST_FIELDS, ...[...named].filter(field => !FIRST_FIELDS.includes(field)).sort()]
  const rows = (period: string, figures: Figures) =>
    Object.entries(figures).map(([figure, values]) => {
      const definition = definitionOf(figure)
      return {
        period,
        figure,
        name: definition?.name ?? figure,
        definition: content.definitions[figure] ?? null,
        unit: definition?.unit ?? null,
        ...values,
      }
    })
  return writeCsv(
    ['period', 'figure', 'name', 'definition', 'unit', ...fields],
    [...rows(content.period.key, content.figures), ...rows(content.before.key, content.previous)],
  )
}

/** Everything: the edition as it was frozen, and the definitions that its figures follow. */
export function reportJson(edition: Edition): string {
  const definitions = Object.keys(edition.content.definitions).flatMap(id => {
    const definition = definitionOf(id)
    return definition ? [{ ...definition, id, version: edition.content.definitions[id] }] : []
  })
  return `${JSON.stringify({ ...edition, definitions }, null, 2)}\n`
}

/** As it is read, in Markdown: headings, sentences, tables instead of pictures. */
export function reportMarkdown({ content, words, ...edition }: Edition): string {
  const story = words.story ?? plain(content.story.map(claim => claim.text).join(' '))
  const headline = content.headline.map(figure => {
    const { big, after, facts, change, target } = headlineWords(figure)
    return [figure.label, `${big}${after}`, facts.join(' · '), [change, target].filter(Boolean).join(' · ')]
  })
  const chapters = content.chapters.flatMap(chapter => [
    `## ${CHAPTER_QUESTIONS[chapter.id]}`,
    plain(chapter.claims.map(claim => claim.text).join(' ')),
    plain(chapter.missing ?? ''),
    chapter.remark ? `> ${plain(chapter.remark)}` : '',
    words.commentary[chapter.id] ?? '',
    ...chapter.exhibits.flatMap(exhibitMarkdown),
  ])
  return `${[
    `# ${plain(content.period.title)}`,
    `Culture health report of ${plain(content.organisation)}, edition ${edition.number}, published ${edition.publishedAt.slice(0, 10)}; looked at ${content.asOf}, compared with ${plain(content.before.title)}.`,
    story,
    headline.length ? table(['Figure', 'Value', 'Facts', 'Change'], [false, false, false, false], headline) : '',
    ...chapters,
    edition.number > 1 ? `## Edition ${edition.number}\n\n${plain(edition.reason)}` : '',
    ...edition.differences.map(one => `- ${plain(one)}`),
  ]
    .filter(Boolean)
    .join('\n\n')}\n`
}

function exhibitMarkdown(exhibit: Exhibit): string[] {
  const { columns, rows } = tableOf(exhibit)
  return [
    `### ${plain(exhibit.title)}`,
    plain(exhibit.caption),
    table(
      columns.map(column => column.label),
      columns.map(column => column.isNumber),
      rows,
    ),
  ]
}

function table(heads: string[], areNumbers: boolean[], rows: string[][]): string {
  const row = (cells: string[]) => `| ${cells.map(cell => plain(cell).replaceAll('|', '\\|')).join(' | ')} |`
  return [row(heads), `| ${areNumbers.map(is => (is ? '---:' : '---')).join(' | ')} |`, ...rows.map(row)].join('\n')
}

/** Words that are no markup, on one line. */
function plain(words: string): string {
  return words
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>#]/g, '\\$&')
}
