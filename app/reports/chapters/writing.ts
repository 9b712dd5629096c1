/** Do we write and meet in time? Pure. */
import { isTooFew } from '#app/measure/share.ts'
import { claim, comparedWith, sentence, someOf } from '../claims.ts'
import { capitalised, inWords, percent, percentRange } from '../figure-words.ts'
import { changeInWords } from '../headline.ts'
import { periodBeforeInWords } from '../period-words.ts'
import type { Chapter, Claim, TableExhibit } from '../report.ts'
import type { ReportFacts } from '../report-facts.ts'
import { runOf } from '../run-exhibits.ts'

const ON_TIME = 'postmortems.onTime'
const LINES = [
  [ON_TIME, 'Postmortem within 48 h, SEV-1 and SEV-2'],
  ['postmortems.onTimeSev1', 'Postmortem within 48 h, SEV-1 alone'],
  ['postmortems.coverage', 'Postmortem published at all'],
  ['reviews.within48h', 'Review meeting within 48 h'],
] as const

const MISSING =
  'No SEV-1 or SEV-2 was resolved in this time, so nothing was due. Where there were some, give them a severity and the moment of resolution.'

export function writeWriting(facts: ReportFacts): Chapter {
  const isEmpty = !facts.figures['postmortems.coverage']?.n
  return {
    id: 'writing',
    claims: isEmpty ? [] : claimsOf(facts),
    remark: 'After two days people remember what they have told each other, not what they saw.',
    missing: isEmpty ? MISSING : null,
    exhibits: isEmpty
      ? []
      : [
          tableOf(facts),
          runOf(
            {
              id: 'on-time',
              title: 'Postmortems within 48 hours',
              caption:
                'Share of SEV-1 and SEV-2 resolved in each month whose postmortem was published within 48 hours.',
              figure: ON_TIME,
              unit: '%',
              target: 100 * (facts.figures[ON_TIME]?.target ?? 0.95),
            },
            facts.months,
            figure => (figure.value === null ? null : 100 * figure.value),
          ),
        ],
    figures: LINES.map(([id]) => id).filter(id => facts.figures[id]),
  }
}

function claimsOf(facts: ReportFacts): Claim[] {
  const claims: Claim[] = []
  const onTime = facts.changes[ON_TIME]
  if (onTime?.now.n)
    claims.push(
      claim(
        sentence(
          `${someOf(onTime.now)} postmortems of SEV-1 and SEV-2 came within 48 hours`,
          comparedWith(facts, ON_TIME),
        ),
        ON_TIME,
      ),
    )
  const coverage = facts.figures['postmortems.coverage']!
  const missing = (coverage.n ?? 0) - (coverage.count ?? 0)
  claims.push(
    missing === 0
      ? claim('All of them are published by now.', 'postmortems.coverage')
      : claim(
          `${capitalised(inWords(missing))} of them ${missing === 1 ? 'is' : 'are'} still missing.`,
          'postmortems.coverage',
        ),
  )
  const reviews = facts.changes['reviews.within48h']
  if (reviews?.now.n)
    claims.push(
      claim(
        sentence(
          `${someOf(reviews.now)} ${reviews.now.count === 1 || reviews.now.count === 0 ? 'was' : 'were'} talked over in a review meeting within 48 hours`,
          comparedWith(facts, 'reviews.within48h'),
        ),
        'reviews.within48h',
      ),
    )
  return claims
}

function tableOf(facts: ReportFacts): TableExhibit {
  const when = periodBeforeInWords(facts.period)
  const rows = LINES.flatMap(([id, label]) => {
    const change = facts.changes[id]
    if (!change) return []
    const { count, n, value, low, high } = change.now
    const range = low == null || high == null || isTooFew(n ?? 0) ? '–' : percentRange(low, high)
    return [
      [
        label,
        `${n ?? 0}`,
        `${count ?? 0}`,
        value === null ? '–' : percent(value),
        range,
        changeInWords(change, when) || '–',
      ],
    ]
  })
  return {
    kind: 'table',
    id: 'in-time',
    title: 'Written and met in time',
    caption: 'Of SEV-1 and SEV-2 resolved in the period and at least 48 hours ago; ranges are 95 % intervals.',
    figure: ON_TIME,
    unit: '',
    columns: [
      { label: 'What', isNumber: false },
      { label: 'Due', isNumber: true },
      { label: 'Done', isNumber: true },
      { label: 'Share', isNumber: true },
      { label: 'Range', isNumber: true },
      { label: 'Change', isNumber: false },
    ],
    rows,
  }
}
