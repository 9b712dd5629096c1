/**
 * The paragraph above the figures: three to five sentences, drafted from rules. It calls nothing better or worse unless the
 * interval does; what is merely counted is said as a count. Pure.
 */
import { timesInWords } from './chapters/coming-back.ts'
import { claim, clearChange } from './claims.ts'
import type { FigureChange } from './figure-changes.ts'
import { capitalised, counted, inWords, listed, money } from './figure-words.ts'
import { headlineQuestions } from './headline.ts'
import { periodBeforeInWords, periodInWords } from './period-words.ts'
import type { Claim } from './report.ts'
import type { ReportFacts } from './report-facts.ts'

/** What is said of a figure that clearly moved; in the order in which it matters to a reader. */
const MOVES: [id: string, better: string, worse: string][] = [
  ['time.toDetect', 'incidents are noticed sooner', 'incidents are noticed later'],
  ['time.toMitigate', 'customers wait less for repair', 'customers wait longer for repair'],
  ['detection.customerShare', 'customers are less often first to tell us', 'customers are more often first to tell us'],
  ['incidents.density', 'change breaks less', 'change breaks more'],
  ['postmortems.onTime', 'more postmortems come in time', 'fewer postmortems come in time'],
  ['actions.completed', 'more action items get done', 'fewer action items get done'],
  ['actions.daysToComplete', 'action items are done in fewer days', 'action items take more days'],
  ['incidents.repeatShare', 'fewer failures come back', 'more failures come back'],
  ['reviews.within48h', 'more review meetings come in time', 'fewer review meetings come in time'],
]

const MOST_MOVES = 3

export function storyOf(facts: ReportFacts): Claim[] {
  if ((facts.figures['incidents.count']?.value ?? 0) === 0 && facts.waves.length === 0)
    return [claim('Nothing was recorded in this time, so there is nothing to tell.', 'incidents.count')]
  return [...movesOf(facts), seeingAndRepairing(facts), stillOpen(facts), whatItCost(facts)].filter(
    (one): one is Claim => one !== null,
  )
}

function movesOf(facts: ReportFacts): Claim[] {
  const questions = headlineQuestions(facts).map(({ id }): [string, string, string] => [
    `survey.${id}`,
    'more people feel safe to speak',
    'fewer people feel safe to speak',
  ])
  const moved = [...MOVES, ...questions.slice(0, 1)].flatMap(([id, better, worse]) => {
    const change = clearChange(facts, id)
    return change?.verdict ? [{ id, verdict: change.verdict, words: change.verdict === 'better' ? better : worse }] : []
  })
  const when = periodBeforeInWords(facts.period)
  if (moved.length === 0) return [nothingMoved(facts, when)]
  const claims: Claim[] = []
  for (const verdict of ['better', 'worse'] as const) {
    const own = moved.filter(one => one.verdict === verdict).slice(0, MOST_MOVES)
    if (own.length === 0) continue
    const opening = claims.length > 0 ? 'Clearly worse' : `Clearly ${verdict} than before`
    claims.push(claim(`${opening}: ${listed(own.map(one => one.words))}.`, ...own.map(one => one.id)))
  }
  return claims
}

function nothingMoved(facts: ReportFacts, when: string): Claim {
  const compared = MOVES.map(([id]) => id).filter(id => facts.changes[id]?.change === 'no clear change')
  if (compared.length === 0)
    return claim(`There is too little to compare with ${when}: read where things stand, not where they go.`)
  return claim(
    `Nothing has moved since ${when} by more than chance explains: read where things stand, not where they go.`,
    ...compared,
  )
}

/** Which of the two moved: noticing should come first. */
function seeingAndRepairing(facts: ReportFacts): Claim | null {
  const [seeing, repairing] = [clearChange(facts, 'time.toDetect'), clearChange(facts, 'time.toMitigate')]
  const ids = ['time.toDetect', 'time.toMitigate']
  if (seeing?.verdict === 'better' && repairing?.verdict !== 'better')
    return claim('Noticing has improved and repair not yet: the usual and healthy order.', ...ids)
  if (repairing?.verdict === 'better' && seeing?.verdict !== 'better')
    return claim('Repair has improved and noticing not: better firefighting, not yet better seeing.', ...ids)
  return null
}

/** What is furthest from where it should be, in counts. */
function stillOpen(facts: ReportFacts): Claim | null {
  const parts: { text: string; figure: string }[] = []
  const customers = facts.figures['detection.customerShare']
  if (customers?.count)
    parts.push({
      text: `customers told us first of ${customers.count} of ${counted(customers.n ?? 0, 'incident')}`,
      figure: 'detection.customerShare',
    })
  const late = shortOfTarget(facts.changes['postmortems.onTime'])
  if (late !== null)
    parts.push({
      text: `${inWords(late)} of ${inWords(facts.figures['postmortems.onTime']!.n!)} postmortems came late or not at all`,
      figure: 'postmortems.onTime',
    })
  const [family] = facts.familiesBack
  if (family && parts.length < 3)
    parts.push({ text: `${family.name} came back ${timesInWords(family.times)}`, figure: 'incidents.repeatShare' })
  const overdue = facts.figures['actions.overdue']?.value
  if (overdue && parts.length < 2)
    parts.push({ text: `${counted(overdue, 'action item is', 'action items are')} overdue`, figure: 'actions.overdue' })
  if (parts.length === 0) return null
  return claim(`${capitalised(listed(parts.map(one => one.text)))}.`, ...parts.map(one => one.figure))
}

function shortOfTarget(change: FigureChange | undefined): number | null {
  const { value = null, count, n, target } = change?.now ?? { value: null }
  if (value === null || count == null || n == null || target == null || value >= target) return null
  return n - count
}

function whatItCost({ figures, settings, period }: ReportFacts): Claim | null {
  const cost = figures['downtime.cost']?.value
  if (!cost || settings.hourlyDowntimeCost === 0) return null
  return claim(
    `Downtime of ${periodInWords(period)} cost about ${money(cost, settings.currency)}, at the assumed hourly figure.`,
    'downtime.cost',
  )
}
