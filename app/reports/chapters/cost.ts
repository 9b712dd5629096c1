/** What did it cost? By an assumption that is stated. Pure. */
import { downtimesOf } from '#app/incidents/incident-figures.ts'
import { quantile } from '#app/measure/durations.ts'
import { claim } from '../claims.ts'
import { counted, minutesInWords, money } from '../figure-words.ts'
import type { Chapter, Claim, Exhibit } from '../report.ts'
import type { ReportFacts } from '../report-facts.ts'
import { runOf } from '../run-exhibits.ts'

const MINUTES = 'downtime.minutes'
const COST = 'downtime.cost'
const MISSING =
  'No SEV-1 or SEV-2 of this time says whether customers felt it. Mark customer impact on each incident, and set what an hour costs under Admin, Settings.'

/** What a working day of an engineer is taken to cost: a round number that the text names, to give a size by. */
const ENGINEER_DAY = 1_000

export function writeCost(facts: ReportFacts): Chapter {
  const minutes = facts.figures[MINUTES]
  const hasAny = (minutes?.n ?? 0) + (minutes?.unknown ?? 0) > 0
  const isKnown = facts.incidents.now.some(incident => incident.customerImpact !== null)
  return {
    id: 'cost',
    claims: hasAny
      ? claimsOf(facts)
      : isKnown
        ? [claim('No SEV-1 or SEV-2 of this time is known to have reached customers.', MINUTES)]
        : [],
    remark: 'The hourly figure is an assumption. Halve it or double it: the order of things stays.',
    missing: hasAny || isKnown ? null : MISSING,
    exhibits: hasAny ? exhibitsOf(facts) : [],
    figures: [MINUTES, COST].filter(id => facts.figures[id]),
  }
}

function claimsOf(facts: ReportFacts): Claim[] {
  const { figures, settings } = facts
  const minutes = figures[MINUTES]!
  const perHour = settings.hourlyDowntimeCost
  const claims = [
    claim(
      `${counted(minutes.n ?? 0, 'SEV-1 or SEV-2', 'SEV-1 and SEV-2').replace(/^./, letter => letter.toUpperCase())} with customer impact lasted ${minutesInWords(minutes.value ?? 0)} in all.`,
      MINUTES,
    ),
  ]
  if (minutes.unknown) claims.push(claim(`Of ${minutes.unknown} more nobody knows how long.`, MINUTES))
  if (perHour === 0) return claims
  claims.push(
    claim(
      `At an assumed ${money(perHour, settings.currency)} an hour that is ${money(figures[COST]?.value ?? 0, settings.currency)}.`,
      COST,
    ),
  )
  const prevented = preventedOne(facts)
  return prevented ? [...claims, prevented] : claims
}

/** What one SEV-1 of the usual length costs, in working days that would have been there to prevent it. */
function preventedOne({ incidents, asOf, settings }: ReportFacts): Claim | null {
  const severe = downtimesOf(incidents.now, asOf).filter(({ severity }) => severity === 'SEV-1')
  const median = quantile(
    severe.flatMap(({ minutes }) => minutes ?? []),
    0.5,
  )
  if (median === null || median === 0) return null
  const cost = (median / 60) * settings.hourlyDowntimeCost
  const days = Math.round(cost / ENGINEER_DAY)
  if (days === 0) return null
  return claim(
    `The middle one of its SEV-1 lasted ${minutesInWords(median)}: prevented, it would have paid for ${days.toLocaleString('en-GB')} days of an engineer at ${money(ENGINEER_DAY, settings.currency)} each.`,
    MINUTES,
    COST,
  )
}

function exhibitsOf(facts: ReportFacts): Exhibit[] {
  const down = downtimesOf(facts.incidents.now, facts.asOf)
  return [
    runOf(
      {
        id: 'downtime',
        title: 'Downtime',
        caption: 'Minutes from start to mitigation of SEV-1 and SEV-2 with customer impact, summed by month.',
        figure: MINUTES,
        unit: 'minutes',
      },
      facts.months,
    ),
    {
      kind: 'bars',
      id: 'downtime-by-severity',
      title: 'Downtime by severity',
      caption: `Minutes in the period; an hour is assumed to cost ${money(facts.settings.hourlyDowntimeCost, facts.settings.currency)}.`,
      figure: MINUTES,
      unit: 'minutes',
      bars: (['SEV-1', 'SEV-2'] as const).map(severity => {
        const own = down.filter(one => one.severity === severity)
        return {
          label: severity,
          value: own.reduce((sum, one) => sum + (one.minutes ?? 0), 0),
          note: counted(own.length, 'incident'),
        }
      }),
    },
  ]
}
