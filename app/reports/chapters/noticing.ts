/** Are we noticing sooner? Pure. */
import type { IncidentFact } from '#app/incidents/incident-figures.ts'
import { timesOf } from '#app/incidents/incident-figures.ts'
import { claim, comparedWith, rangeOfTimes, sentence, shareInWords } from '../claims.ts'
import { distributionOf } from '../distributions.ts'
import { capitalised, counted, minutesInWords } from '../figure-words.ts'
import type { BarsExhibit, Chapter, Claim, Exhibit } from '../report.ts'
import type { ReportFacts } from '../report-facts.ts'
import { runOf } from '../run-exhibits.ts'

const TO_DETECT = 'time.toDetect'
const BY_CUSTOMERS = 'detection.customerShare'

const MISSING =
  'No incident of this time says when it began and when it was noticed. Write both moments down while it runs, or let the monitoring send them under Admin, Sources.'

export function writeNoticing(facts: ReportFacts): Chapter {
  const figures = [TO_DETECT, 'time.toAcknowledge', BY_CUSTOMERS].filter(id => facts.figures[id])
  const isEmpty = !facts.figures[TO_DETECT]?.n && !facts.figures[BY_CUSTOMERS]?.n
  return {
    id: 'noticing',
    claims: isEmpty ? [] : claimsOf(facts),
    remark:
      'Noticing usually improves before recovery does. Repair that gets faster without it is better firefighting, not better seeing.',
    missing: isEmpty ? MISSING : null,
    exhibits: isEmpty ? [] : exhibitsOf(facts),
    figures,
  }
}

function claimsOf(facts: ReportFacts): Claim[] {
  const claims: Claim[] = []
  const time = facts.figures[TO_DETECT]
  if (time?.value != null) {
    claims.push(
      claim(
        sentence(
          `Half of all incidents were noticed within ${minutesInWords(time.value)}${rangeOfTimes(time)}`,
          comparedWith(facts, TO_DETECT),
        ),
        TO_DETECT,
      ),
    )
    if (time.p90 != null && time.p90 > time.value)
      claims.push(claim(`One in ten took longer than ${minutesInWords(time.p90)}.`, TO_DETECT))
    if (time.unknown)
      claims.push(
        claim(`${capitalised(counted(time.unknown, 'began', 'began'))} at a moment that nobody knows.`, TO_DETECT),
      )
  }
  const share = facts.changes[BY_CUSTOMERS]
  if (share?.now.n)
    claims.push(
      share.now.count === 0
        ? claim(`Customers were first to tell us of none of ${counted(share.now.n, 'incident')}.`, BY_CUSTOMERS)
        : claim(
            sentence(`Customers were first to tell us of ${shareInWords(share)}`, comparedWith(facts, BY_CUSTOMERS)),
            BY_CUSTOMERS,
          ),
    )
  return claims
}

function exhibitsOf(facts: ReportFacts): Exhibit[] {
  const { now, before } = facts.incidents
  return [
    runOf(
      {
        id: 'time-to-detect',
        title: 'Time to notice',
        caption: 'Median minutes from started to detected, by month. The band is what chance alone would give.',
        figure: TO_DETECT,
        unit: 'minutes',
      },
      facts.months,
    ),
    distributionOf(
      {
        id: 'time-to-detect-spread',
        title: 'How long it took to notice',
        caption: 'Incidents by minutes from started to detected.',
        figure: TO_DETECT,
      },
      timesOf(TO_DETECT, now, facts.asOf),
      timesOf(TO_DETECT, before, facts.asOfBefore),
    ),
    whoNoticed(now, before),
  ]
}

const DETECTORS = [
  ['monitoring', 'Monitoring'],
  ['employee', 'An employee'],
  ['customer', 'A customer'],
  [null, 'Not known'],
] as const

function whoNoticed(now: readonly IncidentFact[], before: readonly IncidentFact[]): BarsExhibit {
  const countOf = (incidents: readonly IncidentFact[], by: string | null) =>
    incidents.filter(incident => incident.detectedBy === by).length
  return {
    kind: 'bars',
    id: 'who-noticed',
    title: 'Who noticed first',
    caption: `Of ${counted(now.length, 'incident')}; beside each, the time before.`,
    figure: BY_CUSTOMERS,
    unit: 'incidents',
    bars: DETECTORS.map(([by, label]) => ({ label, value: countOf(now, by), note: `${countOf(before, by)} before` })),
  }
}
