/** How many incidents began when, in steps that fit a small picture. */
import type { Severity } from './vocabulary.ts'

export interface DayCount {
  /** YYYY-MM-DD. */
  day: string
  severity: string | null
  n: number
}

export interface PictureStep {
  /** 2026-03-04, 2026-03, 2026-Q1 or 2026. */
  label: string
  total: number
  /** The serious ones: SEV-1 and SEV-2. */
  serious: number
}

export interface Picture {
  step: 'day' | 'month' | 'quarter' | 'year'
  steps: PictureStep[]
}

const SERIOUS: readonly string[] = ['SEV-1', 'SEV-2'] satisfies Severity[]
/** More bars than these are no picture any more. */
const MOST: Record<Picture['step'], number> = { day: 45, month: 48, quarter: 60, year: 120 }

/**
 * Counts by day, month, quarter or year, whichever first gives few enough steps; steps without incidents are there
 * too.
 * @param period the first and the last day, where they were asked for; else those of the incidents count.
 */
export function pictureOf(counts: readonly DayCount[], period: { from?: string; to?: string } = {}): Picture | null {
  const days = counts.map(({ day }) => day).sort()
  const first = period.from ?? days[0]
  const last = period.to ?? days.at(-1)
  if (first === undefined || last === undefined || first > last) return null
  for (const step of ['day', 'month', 'quarter', 'year'] as const) {
    const labels = labelsBetween(step, first, last)
    if (labels === null) continue
    const steps = new Map(labels.map(label => [label, { label, total: 0, serious: 0 }]))
    for (const { day, severity, n } of counts) {
      const at = steps.get(labelOf(step, day))
      if (!at) continue
      at.total += n
      if (severity !== null && SERIOUS.includes(severity)) at.serious += n
    }
    return { step, steps: [...steps.values()] }
  }
  return null
}

/** Every label from the first day to the last; null when there are more than a picture holds. */
function labelsBetween(step: Picture['step'], first: string, last: string): string[] | null {
  const labels: string[] = []
  const end = labelOf(step, last)
  const at = new Date(`${first}T00:00:00Z`)
  if (step !== 'day') at.setUTCDate(1)
  for (;;) {
    const label = labelOf(step, at.toISOString().slice(0, 10))
    labels.push(label)
    if (label >= end) return labels
    if (labels.length >= MOST[step]) return null
    if (step === 'day') at.setUTCDate(at.getUTCDate() + 1)
    else at.setUTCMonth(at.getUTCMonth() + { month: 1, quarter: 3, year: 12 }[step])
  }
}

function labelOf(step: Picture['step'], day: string): string {
  if (step === 'day') return day
  if (step === 'month') return day.slice(0, 7)
  if (step === 'quarter') return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`
  return day.slice(0, 4)
}
