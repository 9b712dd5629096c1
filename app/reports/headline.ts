/** The few figures that stand above the chapters. Pure. */
import type { FigureChange } from './figure-changes.ts'
import { daysInWords, minutesInWords, percent, rateInWords } from './figure-words.ts'
import { periodBeforeInWords } from './period-words.ts'
import type { HeadlineFigure } from './report.ts'
import type { ReportFacts } from './report-facts.ts'

const LABELS: Record<string, string> = {
  'participation.ledEver': 'Engineers who have led',
  'postmortems.onTime': 'Postmortems within 48 h',
  'detection.customerShare': 'Customers told us first',
  'time.toDetect': 'Time to notice',
  'time.toMitigate': 'Time to mitigate',
  'actions.completed': 'Action items done',
  'incidents.repeatShare': 'Failures that came back',
}

/** The shipped questions by what they are about; others by the words of their id. */
const QUESTION_LABELS: Record<string, string> = {
  'present-own-incident': 'Comfortable presenting',
  'report-near-miss': 'Would report near misses',
}

const MOST_QUESTIONS = 2

/** Survey questions that an instrument marks first, then what every organisation has; those without a value last. */
export function headlineOf(facts: ReportFacts): HeadlineFigure[] {
  const questions = headlineQuestions(facts).map(({ id }) => ({ id: `survey.${id}`, label: labelOf(id) }))
  const others = Object.entries(LABELS).map(([id, label]) => ({ id, label }))
  return [...questions.slice(0, MOST_QUESTIONS), ...others].flatMap(({ id, label }) => {
    const change = facts.changes[id]
    return change && change.now.value !== null ? [headlineFigure(label, change, facts)] : []
  })
}

/** The questions that an instrument marks, as far as the release shows them as numbers. */
export function headlineQuestions({ waves: [wave], figures }: ReportFacts) {
  return (wave?.questions ?? []).filter(({ id, isHeadline }) => isHeadline && figures[`survey.${id}`])
}

/** At most four words: 'felt-able-to-speak' → 'Felt able to speak'. */
export function labelOf(id: string): string {
  if (QUESTION_LABELS[id]) return QUESTION_LABELS[id]
  const words = id.split('-').slice(0, 4).join(' ')
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

function headlineFigure(label: string, change: FigureChange, facts: ReportFacts): HeadlineFigure {
  const { id, now, before, better, measure } = change
  const isSurvey = id.startsWith('survey.')
  const target = isSurvey ? (facts.waves[0]?.target ?? null) : (now.target ?? null)
  return {
    id,
    label,
    now: target === null ? now : { ...now, target },
    before,
    change: change.change,
    changeWords: changeInWords(change, isSurvey ? 'the wave before' : periodBeforeInWords(facts.period)),
    better,
    measure,
  }
}

/** 'clearly up from 52 %', '3 more than the quarter before'; empty where there is nothing to compare with. */
export function changeInWords({ change, measure, now, before }: FigureChange, when: string): string {
  if (before === null || before.value === null) return ''
  if (change === 'counted') {
    const more = (now.count ?? now.value ?? 0) - (before.count ?? before.value)
    if (more === 0) return `as many as ${when}`
    return `${Math.abs(more)} ${more > 0 ? 'more' : 'fewer'} than ${when}`
  }
  if (change === 'too few to tell') return 'too few to tell'
  return `${change} from ${amountInWords(measure, before.value)}`
}

export function amountInWords(measure: HeadlineFigure['measure'], value: number): string {
  if (measure === 'share' || measure === 'census') return percent(value)
  if (measure === 'minutes') return minutesInWords(value)
  if (measure === 'days') return daysInWords(value)
  return measure === 'rate' ? rateInWords(value) : value.toLocaleString('en-GB')
}
