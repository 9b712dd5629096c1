/** Series by month as run charts: limits and signals of each stretch that may be read as one line. Pure. */
import type { Figure } from '#app/measure/figure.ts'
import { signals, xmrLimits } from '#app/measure/run-chart.ts'
import type { Break, RunExhibit } from './report.ts'
import type { MonthFacts } from './report-facts.ts'

type Drawn = Pick<RunExhibit, 'id' | 'title' | 'caption' | 'figure' | 'unit'> & { target?: number | null }

/** A run chart of one figure by month. @param valueIn from the month's figure; null where the month has none. */
export function runOf(
  drawn: Drawn & { figure: string },
  months: readonly MonthFacts[],
  valueIn: (figure: Figure) => number | null = figure => figure.value,
): RunExhibit {
  const points = months.map(({ label, figures }) => {
    const figure = figures[drawn.figure]
    return { label, value: figure ? valueIn(figure) : null, n: figure?.n ?? null }
  })
  return runThrough(drawn, points, breaksOf(drawn.figure, months))
}

/** A run chart of any points. */
export function runThrough(drawn: Drawn, points: RunExhibit['points'], breaks: readonly Break[] = []): RunExhibit {
  const { target = null, ...rest } = drawn
  const starts = [0, ...breaks.map(one => one.at)]
  const stretches = starts.map((from, i) => {
    const values = points.slice(from, starts[i + 1]).map(point => point.value)
    return {
      from,
      limits: xmrLimits(values),
      signals: signals(values).map(signal =>
        signal.kind === 'outside'
          ? { ...signal, at: signal.at + from }
          : { ...signal, from: signal.from + from, to: signal.to + from },
      ),
    }
  })
  return { kind: 'run', ...rest, points, stretches, breaks: [...breaks], target }
}

/** So many months a source must have been there before another one is a change. */
const SETTLED = 2

/**
 * Where a line must not be read across: the definition by which a kept month was counted is another one, or most
 * incidents come through another source from then on.
 */
export function breaksOf(figure: string, months: readonly MonthFacts[]): Break[] {
  const breaks: Break[] = []
  for (let at = 1; at < months.length; at++) {
    const [one, other] = [months[at - 1]!.definitions[figure], months[at]!.definitions[figure]]
    if (one !== undefined && other !== undefined && one !== other)
      breaks.push({ at, why: `Counted by version ${other} of its definition from ${months[at]!.label} on.` })
  }
  if (/^(incidents|time|detection|downtime)\./.test(figure)) breaks.push(...sourceBreaks(months))
  return breaks.sort((a, b) => a.at - b.at).filter((one, i, all) => i === 0 || one.at !== all[i - 1]!.at)
}

function sourceBreaks(months: readonly MonthFacts[]): Break[] {
  const known = months.flatMap(({ source, label }, at) => (source === null ? [] : [{ source, label, at }]))
  return known.flatMap(({ source, label, at }, i): Break[] => {
    const before = known.slice(Math.max(0, i - SETTLED), i)
    const after = known.slice(i, i + SETTLED)
    const hasChanged = before.length === SETTLED && before.every(one => one.source === before[0]!.source)
    const hasStayed = after.length === SETTLED && after.every(one => one.source === source)
    return hasChanged && hasStayed && before[0]!.source !== source
      ? [{ at, why: `Most incidents come from ${source} from ${label} on.` }]
      : []
  })
}
