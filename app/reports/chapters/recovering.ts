/** Are we recovering? Durations as they are spread, incidents against what we did, severity over time. Pure. */
import { timesOf } from '#app/incidents/incident-figures.ts'
import { isTooFew } from '#app/measure/share.ts'
import { claim, comparedWith, rangeOfTimes, sentence } from '../claims.ts'
import { distributionOf } from '../distributions.ts'
import { capitalised, counted, inWords, minutesInWords, rateInWords } from '../figure-words.ts'
import type { Chapter, Claim, Exhibit, MultiplesExhibit } from '../report.ts'
import type { ReportFacts } from '../report-facts.ts'
import { runOf } from '../run-exhibits.ts'

const TO_MITIGATE = 'time.toMitigate'
const DENSITY = 'incidents.density'
const PER_REQUESTS = 'incidents.perMillionRequests'
const SEVERITIES = [1, 2, 3, 4].map(level => ({ id: `incidents.sev${level}`, label: `SEV-${level}` }))

const FIGURES = [
  'incidents.count',
  ...SEVERITIES.map(one => one.id),
  TO_MITIGATE,
  'time.toResolve',
  DENSITY,
  'incidents.densityRatio',
  PER_REQUESTS,
]

export function writeRecovering(facts: ReportFacts): Chapter {
  const hasAny = facts.incidents.now.length > 0
  return {
    id: 'recovering',
    claims: claimsOf(facts),
    remark: 'A mean time to recovery is not shown: a single long night moves it, and by chance alone.',
    missing: missingIn(facts),
    exhibits: hasAny ? exhibitsOf(facts) : [],
    figures: FIGURES.filter(id => facts.figures[id]),
  }
}

function missingIn(facts: ReportFacts): string | null {
  if (facts.incidents.now.length === 0)
    return 'No incident of this time is recorded. Where there were some, import them, or connect the tool that pages you under Admin, Sources.'
  if (!facts.hasDeployments)
    return 'Without deployments nobody can tell more incidents from more change. Import them as CSV (deployed_at, service, count), or let GitHub send them under Admin, Sources.'
  return null
}

function claimsOf(facts: ReportFacts): Claim[] {
  const { figures } = facts
  const claims: Claim[] = []
  const count = figures['incidents.count']?.value ?? 0
  if (count > 0) {
    const severe = figures['incidents.sev1']?.value ?? 0
    const among = severe === 0 ? 'none of them a SEV-1' : `${inWords(severe)} of them SEV-1`
    claims.push(
      claim(
        sentence(`${capitalised(counted(count, 'incident'))} began, ${among}`, comparedWith(facts, 'incidents.count')),
        'incidents.count',
        'incidents.sev1',
      ),
    )
  }
  const time = figures[TO_MITIGATE]
  if (time?.value != null) {
    claims.push(
      claim(
        sentence(
          `Half were mitigated within ${minutesInWords(time.value)} of their start${rangeOfTimes(time)}`,
          comparedWith(facts, TO_MITIGATE),
        ),
        TO_MITIGATE,
      ),
    )
    if (time.p90 != null && time.p90 > time.value)
      claims.push(claim(`One in ten lasted longer than ${minutesInWords(time.p90)}.`, TO_MITIGATE))
  }
  if (time?.open)
    claims.push(
      claim(
        `${capitalised(counted(time.open, 'incident'))} had not been mitigated when this was written.`,
        TO_MITIGATE,
      ),
    )
  const density = figures[DENSITY]
  if (density?.value != null)
    claims.push(
      claim(
        sentence(
          `For every thousand deployments customers felt ${rateInWords(density.value)} incidents`,
          comparedWith(facts, DENSITY),
        ),
        DENSITY,
      ),
    )
  const perRequests = figures[PER_REQUESTS]
  if (perRequests?.value != null)
    claims.push(
      claim(
        sentence(
          `For every million requests it was ${rateInWords(perRequests.value)}`,
          comparedWith(facts, PER_REQUESTS),
        ),
        PER_REQUESTS,
      ),
    )
  return claims
}

function exhibitsOf(facts: ReportFacts): Exhibit[] {
  const { now, before } = facts.incidents
  const exhibits: Exhibit[] = [
    distributionOf(
      {
        id: 'time-to-mitigate-spread',
        title: 'How long customers waited',
        caption: 'Incidents by minutes from started to mitigated.',
        figure: TO_MITIGATE,
      },
      timesOf(TO_MITIGATE, now, facts.asOf),
      timesOf(TO_MITIGATE, before, facts.asOfBefore),
    ),
    runOf(
      {
        id: 'time-to-mitigate',
        title: 'Time to mitigate',
        caption: 'Median minutes from started to mitigated, by month. The band is what chance alone would give.',
        figure: TO_MITIGATE,
        unit: 'minutes',
      },
      facts.months,
    ),
    runOf(
      {
        id: 'incidents',
        title: 'Incidents',
        caption: 'Incidents that began in each month. The band is what chance alone would give.',
        figure: 'incidents.count',
        unit: 'incidents',
      },
      facts.months,
    ),
    severities(facts),
  ]
  if (facts.months.some(month => month.figures[DENSITY]?.value != null))
    exhibits.push(
      runOf(
        {
          id: 'density',
          title: 'Incidents per thousand deployments',
          caption: 'Incidents with customer impact for every thousand deployments, by month.',
          figure: DENSITY,
          unit: 'per 1,000',
        },
        facts.months,
      ),
    )
  if (facts.months.some(month => month.figures[PER_REQUESTS]?.value != null))
    exhibits.push(
      runOf(
        {
          id: 'per-million-requests',
          title: 'Incidents per million requests',
          caption: 'Incidents with customer impact for every million requests, by month.',
          figure: PER_REQUESTS,
          unit: 'per million',
        },
        facts.months,
      ),
    )
  return exhibits
}

function severities(facts: ReportFacts): MultiplesExhibit {
  const n = facts.months.reduce((sum, month) => sum + (month.figures['incidents.count']?.value ?? 0), 0)
  return {
    kind: 'multiples',
    id: 'severities',
    title: 'Severity over time',
    caption: `Incidents by month and severity, ${n.toLocaleString('en-GB')} in all${isTooFew(n) ? ': too few to read a trend from' : ''}.`,
    figure: null,
    unit: 'incidents',
    labels: facts.months.map(month => month.label),
    series: SEVERITIES.map(({ id, label }) => ({
      label,
      values: facts.months.map(month => month.figures[id]?.value ?? null),
    })),
  }
}
