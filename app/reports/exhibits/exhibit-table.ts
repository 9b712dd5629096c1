/** The figures of an exhibit as a table: behind 'Show as table', and in Markdown. */
import type { Exhibit, RunExhibit } from '../report.ts'
import { FEW, NONE, numberWords, percentNumber, percentWords, TOO_FEW } from './number-words.ts'

export interface ExhibitTable {
  columns: { label: string; isNumber: boolean }[]
  rows: string[][]
}

const text = (label: string) => ({ label, isNumber: false })
const number = (label: string) => ({ label, isNumber: true })

export function tableOf(exhibit: Exhibit): ExhibitTable {
  switch (exhibit.kind) {
    case 'run':
      return runTable(exhibit)
    case 'distribution': {
      const hasBefore = exhibit.classes.some(one => one.before !== null)
      return {
        columns: [text(capital(exhibit.unit)), number('Count'), ...(hasBefore ? [number('Before')] : [])],
        rows: exhibit.classes.map(({ label, count, before }) => [
          label,
          numberWords(count),
          ...(hasBefore ? [numberWords(before)] : []),
        ]),
      }
    }
    case 'survival':
      return {
        columns: [text('Of'), number('After days'), number('Still open'), number('95 % interval')],
        rows: exhibit.curves.flatMap(({ label, n, steps }) =>
          steps.map(({ day, share, low, high }) => [
            `${label} (n ${n})`,
            numberWords(day),
            percentWords(share),
            `${percentNumber(low)} to ${percentNumber(high)} %`,
          ]),
        ),
      }
    case 'diverging':
      return {
        columns: [text('Statement'), number('n'), number('Unfavourable'), number('Neutral'), number('Favourable')],
        rows: exhibit.rows.map(({ label, n, unfavourable, neutral, favourable }) => [
          label,
          numberWords(n),
          percentWords(unfavourable),
          percentWords(neutral),
          percentWords(favourable),
        ]),
      }
    case 'bars': {
      const hasNotes = exhibit.bars.some(bar => bar.note)
      return {
        columns: [text('What'), number(capital(exhibit.unit)), ...(hasNotes ? [text('Note')] : [])],
        rows: exhibit.bars.map(({ label, value, note }) => [
          label,
          numberWords(value),
          ...(hasNotes ? [note ?? ''] : []),
        ]),
      }
    }
    case 'multiples':
      return {
        columns: [text('Of'), ...exhibit.labels.map(number)],
        rows: exhibit.series.map(({ label, values }) => [label, ...values.map(numberWords)]),
      }
    case 'table':
      return { columns: exhibit.columns, rows: exhibit.rows }
  }
}

function runTable(exhibit: RunExhibit): ExhibitTable {
  const hasN = exhibit.points.some(point => point.n !== null)
  const notes = exhibit.points.map((_, at) => pointNotes(exhibit, at).join('; '))
  const hasLimits = exhibit.stretches.some(({ limits }) => limits)
  const hasNotes = notes.some(Boolean)
  return {
    columns: [
      text('When'),
      number(capital(exhibit.unit)),
      ...(hasN ? [number('n')] : []),
      ...(hasLimits ? [number('Limits')] : []),
      ...(hasNotes ? [text('Note')] : []),
    ],
    rows: exhibit.points.map(({ label, value, n }, at) => {
      const limits = stretchAt(exhibit, at)?.limits
      return [
        label,
        numberWords(value),
        ...(hasN ? [n === null ? NONE : numberWords(n)] : []),
        ...(hasLimits ? [limits ? `${numberWords(limits.low)} to ${numberWords(limits.high)}` : NONE] : []),
        ...(hasNotes ? [notes[at] ?? ''] : []),
      ]
    }),
  }
}

/** The stretch between breaks in which a point lies. */
export function stretchAt({ stretches }: RunExhibit, at: number) {
  return stretches.filter(stretch => stretch.from <= at).at(-1)
}

/** What must be said of a point: a signal, a break before it, too few observations. */
export function pointNotes(exhibit: RunExhibit, at: number): string[] {
  const { n, value } = exhibit.points[at] ?? { n: null, value: null }
  const broken = exhibit.breaks.filter(one => one.at === at).map(({ why }) => `not comparable with before: ${why}`)
  const signs = (stretchAt(exhibit, at)?.signals ?? []).flatMap(signal => {
    if (signal.kind === 'outside') return signal.at === at ? `${signal.side} what chance alone would give` : []
    return signal.from <= at && at <= signal.to ? `in a run ${signal.side} the mean` : []
  })
  return [...broken, ...signs, ...(n !== null && n > 0 && n < FEW && value !== null ? [TOO_FEW] : [])]
}

function capital(unit: string): string {
  return unit ? unit.charAt(0).toUpperCase() + unit.slice(1) : 'Value'
}
