/** Who takes part? Counts of people, never who they are. Pure. */
import { claim } from '../claims.ts'
import { capitalised, counted, inWords, percent } from '../figure-words.ts'
import { changeInWords } from '../headline.ts'
import { periodBeforeInWords } from '../period-words.ts'
import type { Chapter, Claim, Exhibit } from '../report.ts'
import type { ReportFacts } from '../report-facts.ts'
import { runOf, runThrough } from '../run-exhibits.ts'

const EVER = 'participation.ledEver'
const LAST_12 = 'participation.ledLast12Months'
const REACH = 'forums.reach'
const FIGURES = [
  EVER,
  LAST_12,
  'participation.firstTimeLeads',
  'participation.halfLoad',
  'participation.effectiveLeaders',
  'participation.topThreeShare',
  'forums.held',
  'forums.itemsReviewed',
  REACH,
  'forums.onTime',
]

export function writeTakingPart(facts: ReportFacts): Chapter {
  const { figures } = facts
  const hasPeople = (figures[EVER]?.n ?? 0) > 0
  return {
    id: 'taking-part',
    claims: claimsOf(facts),
    remark: 'Whoever has led an incident reads the next postmortem differently.',
    missing: missingIn(hasPeople, facts.forums.length > 0),
    exhibits: exhibitsOf(facts, hasPeople),
    figures: FIGURES.filter(id => figures[id]),
  }
}

function missingIn(hasPeople: boolean, hasForums: boolean): string | null {
  if (!hasPeople)
    return 'Nobody counts as eligible yet. Import people with their start dates and who of them are engineers, and name the incident commander of each incident.'
  if (!hasForums)
    return 'No forum has been held yet. Plan one under Forums: an hour a month, three incidents, whoever likes may come.'
  return null
}

function claimsOf(facts: ReportFacts): Claim[] {
  const { figures, period } = facts
  const claims: Claim[] = []
  const when = periodBeforeInWords(period)
  const ever = facts.changes[EVER]
  if (ever?.now.n) {
    const more = changeInWords(ever, when)
    claims.push(
      claim(
        `${ever.now.count} of ${ever.now.n} engineers (${percent(ever.now.value ?? 0)}) have led an incident${more ? `, ${more}` : ''}; the target is ${percent(ever.now.target ?? 0.65)}.`,
        EVER,
      ),
    )
    const recent = figures[LAST_12]
    const first = figures['participation.firstTimeLeads']?.value ?? 0
    claims.push(
      claim(
        `In the last twelve months it was ${recent?.count ?? 0}; ${first === 0 ? 'nobody' : inWords(first)} led for the first time.`,
        LAST_12,
        'participation.firstTimeLeads',
      ),
    )
    const half = figures['participation.halfLoad']?.value
    if (half)
      claims.push(
        claim(
          `${capitalised(counted(half, 'person', 'people'))} together led half of all incidents of these twelve months.`,
          'participation.halfLoad',
        ),
      )
  }
  const held = figures['forums.held']?.value ?? 0
  if (held > 0) {
    const reach = facts.changes[REACH]
    const reached = reach?.now.n ? ` The last three reached ${reach.now.count} of ${reach.now.n} engineers.` : ''
    claims.push(
      claim(
        `${capitalised(counted(held, 'forum'))} went through ${counted(figures['forums.itemsReviewed']?.value ?? 0, 'item')}.${reached}`,
        'forums.held',
        'forums.itemsReviewed',
        REACH,
      ),
    )
  }
  return claims
}

const asPercent = ({ value }: { value: number | null }) => (value === null ? null : 100 * value)

/** Everybody is counted and counts go on from month to month: there is no chance whose limits could be drawn. */
function withoutLimits(...given: Parameters<typeof runOf>): Exhibit {
  return { ...runOf(...given), stretches: [] }
}

function exhibitsOf(facts: ReportFacts, hasPeople: boolean): Exhibit[] {
  const exhibits: Exhibit[] = []
  if (hasPeople)
    exhibits.push(
      withoutLimits(
        {
          id: 'led-ever',
          title: 'Engineers who have led',
          caption:
            'Eligible engineers who ever led an incident, in per cent at the end of each month. Everybody is counted.',
          figure: EVER,
          unit: '%',
          target: facts.settings.participationTarget,
        },
        facts.months,
        asPercent,
      ),
      withoutLimits(
        {
          id: 'led-last-12-months',
          title: 'Led in the last twelve months',
          caption:
            'Eligible engineers who led an incident in the twelve months before, in per cent at the end of each month.',
          figure: LAST_12,
          unit: '%',
        },
        facts.months,
        asPercent,
      ),
    )
  if (facts.forums.length > 0)
    exhibits.push(
      runThrough(
        {
          id: 'forum-attendance',
          title: 'Who came to forums',
          caption: 'People at each forum that was closed.',
          figure: null,
          unit: 'people',
        },
        facts.forums.map(({ closedAt, attenders }) => ({
          label: new Intl.DateTimeFormat('en-GB', {
            day: 'numeric',
            month: 'short',
            year: 'numeric',
            timeZone: facts.period.timeZone,
          }).format(Date.parse(closedAt)),
          value: attenders.length,
          n: null,
        })),
      ),
    )
  return exhibits
}
