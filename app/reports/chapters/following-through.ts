/** Do we follow through? Pure. */
import { type Day, daysBetween } from '#app/measure/period.ts'
import { capacityOf } from '#app/postmortems/action-capacity.ts'
import { actionFigures, completionsOf } from '#app/postmortems/action-figures.ts'
import { claim, comparedWith, sentence, shareInWords } from '../claims.ts'
import { survivalOf } from '../distributions.ts'
import { shareChange } from '../figure-changes.ts'
import { capitalised, counted, daysInWords, percent } from '../figure-words.ts'
import { changeInWords } from '../headline.ts'
import { periodBeforeInWords, periodTitle } from '../period-words.ts'
import type { BarsExhibit, Chapter, Claim, Exhibit, TableExhibit } from '../report.ts'
import type { ReportFacts } from '../report-facts.ts'
import { runThrough } from '../run-exhibits.ts'

const COMPLETED = 'actions.completed'
const ON_TIME = 'actions.onTime'
const DAYS = 'actions.daysToComplete'
const OVERDUE = 'actions.overdue'

const MISSING =
  'No action item was created or due in this time. Give each postmortem a few, with an owner and a day: without a day nobody can be late, and nothing gets done.'

const KINDS = [
  ['prevent', 'Prevent'],
  ['detect', 'Detect'],
  ['mitigate', 'Mitigate'],
  ['process', 'Process'],
  [null, 'No kind given'],
] as const

export function writeFollowingThrough(facts: ReportFacts): Chapter {
  const isEmpty = !facts.figures[COMPLETED]?.n && !facts.figures[DAYS]?.n
  return {
    id: 'following-through',
    claims: isEmpty ? [] : claimsOf(facts),
    remark: 'A postmortem whose action items are not done has described the next incident.',
    missing: isEmpty ? MISSING : null,
    exhibits: isEmpty ? [] : exhibitsOf(facts),
    figures: [COMPLETED, ON_TIME, DAYS, OVERDUE].filter(id => facts.figures[id]),
  }
}

function claimsOf(facts: ReportFacts): Claim[] {
  const claims: Claim[] = []
  const completed = facts.changes[COMPLETED]
  if (completed?.now.n)
    claims.push(
      claim(
        sentence(
          `${shareInWords(completed)} action items that were due have been done`,
          comparedWith(facts, COMPLETED),
        ),
        COMPLETED,
      ),
    )
  const onTime = facts.changes[ON_TIME]
  if (onTime?.now.n)
    claims.push(claim(sentence(`By their day it was ${shareInWords(onTime)}`, comparedWith(facts, ON_TIME)), ON_TIME))
  const days = facts.figures[DAYS]
  if (days?.value != null)
    claims.push(
      claim(
        sentence(`Half of those begun are done within ${daysInWords(days.value)}`, comparedWith(facts, DAYS)),
        DAYS,
      ),
    )
  else if (days?.n) claims.push(claim(`Of ${counted(days.n, 'item')} begun, not even half are done yet.`, DAYS))
  const overdue = facts.figures[OVERDUE]
  if (overdue?.value)
    claims.push(
      claim(
        `${capitalised(counted(overdue.value, 'item is', 'items are'))} overdue, half of them by ${daysInWords(overdue.medianDaysLate ?? 0)} or more.`,
        OVERDUE,
      ),
    )
  else if (overdue) claims.push(claim('Nothing is overdue.', OVERDUE))
  return claims
}

function exhibitsOf(facts: ReportFacts): Exhibit[] {
  const { period, before, actions } = facts
  return [
    byKind(facts),
    survivalOf(
      {
        id: 'time-to-completion',
        title: 'How long action items stay open',
        caption: 'Share of the items begun in a period that is not done after so many days; bands are 95 % intervals.',
        figure: DAYS,
      },
      [
        { label: periodTitle(period), times: completionsOf({ period, asOf: facts.asOf, actions }).known },
        { label: periodTitle(before), times: completionsOf({ period: before, asOf: facts.asOfBefore, actions }).known },
      ],
    ),
    runThrough(
      {
        id: 'overdue',
        title: 'Overdue',
        caption: 'Items that were open and late on the last day of each month.',
        figure: OVERDUE,
        unit: 'items',
      },
      facts.months.map(({ label, overdue }) => ({ label, value: overdue, n: null })),
    ),
    capacity(facts),
  ]
}

function byKind(facts: ReportFacts): TableExhibit {
  const when = periodBeforeInWords(facts.period)
  const rows = KINDS.flatMap(([kind, label]) => {
    const actions = facts.actions.filter(action => action.kind === kind)
    const now = actionFigures({ period: facts.period, asOf: facts.asOf, actions })
    const before = actionFigures({ period: facts.before, asOf: facts.asOfBefore, actions })
    const due = now[COMPLETED]!
    const created = now[DAYS]!
    if (!due.n && !created.n) return []
    const change = {
      ...facts.changes[COMPLETED]!,
      now: due,
      before: before[COMPLETED]!,
      change: shareChange(due, before[COMPLETED]!),
    }
    const inTime = now[ON_TIME]!
    return [
      [
        label,
        `${due.n ?? 0}`,
        `${due.count ?? 0}`,
        `${inTime.count ?? 0}`,
        created.value === null ? '–' : `${created.value}`,
        changeInWords(change, when) || '–',
      ],
    ]
  })
  return {
    kind: 'table',
    id: 'actions-by-kind',
    title: 'Action items due in the period',
    caption:
      'Due, done by now and done by their day; median days of those begun in the period; change of the share done.',
    figure: COMPLETED,
    unit: '',
    columns: [
      { label: 'Kind', isNumber: false },
      { label: 'Due', isNumber: true },
      { label: 'Done', isNumber: true },
      { label: 'On time', isNumber: true },
      { label: 'Median days', isNumber: true },
      { label: 'Change', isNumber: false },
    ],
    rows,
  }
}

/** What teams keep free, against what finished items took: a size to compare with, not a timesheet. */
function capacity(facts: ReportFacts): BarsExhibit {
  const { firstDay, endDay } = facts.period
  const isIn = (day: Day | null) => day !== null && day >= firstDay && day < endDay
  const finished = facts.actions.filter(action => action.state === 'done' && isIn(action.closedOn))
  const sizes = capacityOf({
    percent: facts.settings.protectedCapacity,
    engineers: facts.engineers,
    span: daysBetween(firstDay, endDay),
    efforts: finished.map(action => (action.effortTenths === null ? null : action.effortTenths / 10)),
  })
  return {
    kind: 'bars',
    id: 'protected-capacity',
    title: 'Protected capacity',
    caption: `${percent(sizes.percent / 100)} of the working days of ${counted(sizes.engineers, 'engineer')}, and what finished items took: ${sizes.noted} of ${sizes.finished} say how long.`,
    figure: null,
    unit: 'days',
    bars: [
      { label: 'Protected', value: sizes.protectedDays, note: `${sizes.percent} % of the working days` },
      { label: 'Taken by action items', value: sizes.takenDays, note: `as noted on ${counted(sizes.noted, 'item')}` },
    ],
  }
}
