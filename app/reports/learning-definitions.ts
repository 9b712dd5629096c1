/** The definitions of figures on what follows an incident: postmortems, reviews and action items. */
import { define, ORDER_STATISTICS, WILSON } from './definition.ts'

const DUE = 'SEV-1 and SEV-2 incidents resolved in the period, and at least 48 hours before the moment of looking'
const UNDATED = 'A postmortem that was published nobody knows when is left out of the share and stands beside it.'
const WITHIN_48_HOURS = { from: 'resolved', to: 'first published' }

const POSTMORTEMS = [
  define({
    id: 'postmortems.onTime',
    group: 'postmortems',
    name: 'Postmortems within 48 hours',
    kind: 'share',
    unit: '%',
    formula: `Of ${DUE}: those whose postmortem was published within 48 hours of the resolution.`,
    endpoints: WITHIN_48_HOURS,
    unknown: UNDATED,
    interval: WILSON,
    target: '95 %, unless the organisation sets another',
    better: 'higher',
  }),
  define({
    id: 'postmortems.onTimeSev1',
    group: 'postmortems',
    name: 'Of SEV-1 alone',
    kind: 'share',
    unit: '%',
    formula: 'Postmortems within 48 hours, of SEV-1 incidents alone.',
    endpoints: WITHIN_48_HOURS,
    unknown: UNDATED,
    interval: WILSON,
    target: '95 %, unless the organisation sets another',
    better: 'higher',
  }),
  define({
    id: 'postmortems.coverage',
    group: 'postmortems',
    name: 'Postmortems written',
    kind: 'share',
    unit: '%',
    formula: `Of ${DUE}: those whose postmortem was published by the moment of looking.`,
    interval: WILSON,
    better: 'higher',
  }),
  define({
    id: 'reviews.within48h',
    group: 'postmortems',
    name: 'Reviews within 48 hours',
    kind: 'share',
    unit: '%',
    formula: `Of ${DUE}: those whose review meeting was held within 48 hours of the resolution.`,
    endpoints: { from: 'resolved', to: 'first review meeting' },
    unknown: 'A meeting that nobody wrote down counts as not held.',
    interval: WILSON,
    better: 'higher',
  }),
]

const ACTIONS = [
  define({
    id: 'actions.completed',
    group: 'actions',
    name: 'Actions completed',
    kind: 'share',
    unit: '%',
    formula: 'Of action items due in the period and not dropped: those done by the moment of looking.',
    unknown: 'Items without a due day are in no period.',
    interval: WILSON,
    better: 'higher',
  }),
  define({
    id: 'actions.onTime',
    group: 'actions',
    name: 'Actions on time',
    kind: 'share',
    unit: '%',
    formula: 'Of action items due in the period and not dropped: those done by their due day.',
    unknown: 'Items done nobody knows when are left out of the share and stand beside it.',
    interval: WILSON,
    better: 'higher',
  }),
  define({
    id: 'actions.daysToComplete',
    group: 'actions',
    name: 'Days to complete',
    kind: 'duration',
    unit: 'days',
    formula:
      'Days from the creation of an action item to its completion, of items created in the period: the median and the 90 % quantile. Items still open count as open now, dropped ones as open when they were dropped (Kaplan and Meier, JASA 53, 1958).',
    endpoints: { from: 'created', to: 'done' },
    unknown: 'Items of which one of the two days is missing, or that ended before they began.',
    interval: ORDER_STATISTICS,
    better: 'lower',
  }),
  define({
    id: 'actions.overdue',
    group: 'actions',
    name: 'Actions overdue',
    kind: 'count',
    unit: 'action items',
    formula:
      'Action items open or in progress at the moment of looking whose due day has passed, whenever they were created, with the median of the days that they are late.',
    unknown: 'Items without a due day are never overdue.',
    better: 'lower',
  }),
]

export const LEARNING_DEFINITIONS = [...POSTMORTEMS, ...ACTIONS]
