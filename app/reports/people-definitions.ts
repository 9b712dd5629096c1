/** The definitions of figures on people, always as counts: participation, forums and the survey. */
import { define, SILENCE, WILSON } from './definition.ts'

const ELIGIBLE =
  'engineers who at the end of the period had been here for 90 days, had not left, and were not on a leave of 30 days or longer'
const LEADING =
  'Somebody led who was incident commander for at least ten minutes in sum, or took that role over in a handoff.'
const NO_START = 'Engineers whose start date is not known stand beside the share.'
const LAST_YEAR = `Of ${ELIGIBLE}, over the 12 months before its end`

const PARTICIPATION = [
  define({
    id: 'participation.ledEver',
    group: 'participation',
    name: 'Have ever led',
    kind: 'share',
    unit: '%',
    formula: `Of ${ELIGIBLE}: those who have led an incident begun before then. ${LEADING} Everybody was counted, so there is no interval.`,
    unknown: NO_START,
    target: '65 %, unless the organisation sets another',
    better: 'higher',
  }),
  define({
    id: 'participation.ledLast12Months',
    group: 'participation',
    name: 'Led within twelve months',
    kind: 'share',
    unit: '%',
    formula: `Of ${ELIGIBLE}: those who led an incident begun in the 12 months before then. ${LEADING}`,
    unknown: NO_START,
    better: 'higher',
  }),
  define({
    id: 'participation.firstTimeLeads',
    group: 'participation',
    name: 'First-time leads',
    kind: 'count',
    unit: 'people',
    formula: `Of ${ELIGIBLE}: those whose first incident led began in the period. ${LEADING}`,
    unknown: 'Incidents from before the records begin are not known, so a first time may be the first one recorded.',
    better: 'higher',
  }),
  define({
    id: 'participation.halfLoad',
    group: 'participation',
    name: 'Hold half the load',
    kind: 'count',
    unit: 'people',
    formula: `${LAST_YEAR}: the fewest people who together led at least half of the incidents, one credit for each person and incident.`,
    better: 'higher',
  }),
  define({
    id: 'participation.effectiveLeaders',
    group: 'participation',
    name: 'Effective leaders',
    kind: 'number',
    unit: 'people',
    formula: `${LAST_YEAR}: the square of all credits ÷ the sum of the squares of each person’s. So many people leading equally often would spread the load as widely (Hill, Ecology 54, 1973, order 2).`,
    unknown: 'Without credits there is no figure.',
    better: 'higher',
  }),
  define({
    id: 'participation.topThreeShare',
    group: 'participation',
    name: 'The busiest three',
    kind: 'share',
    unit: '%',
    formula: `${LAST_YEAR}: the credits of the three people who led most ÷ all credits. Who they are is not kept.`,
    better: 'lower',
  }),
]

const FORUMS = [
  define({
    id: 'forums.held',
    group: 'forums',
    name: 'Forums held',
    kind: 'count',
    unit: 'forums',
    formula: 'Forums closed in the period.',
    better: 'higher',
  }),
  define({
    id: 'forums.itemsReviewed',
    group: 'forums',
    name: 'Items discussed',
    kind: 'count',
    unit: 'agenda items',
    formula: 'Agenda items discussed in the forums closed in the period.',
    better: 'higher',
  }),
  define({
    id: 'forums.reach',
    group: 'forums',
    name: 'Reach of forums',
    kind: 'share',
    unit: '%',
    formula: `Of ${ELIGIBLE}: those who attended any of the last three forums closed by then.`,
    unknown: 'Somebody who attended without checking in is not counted.',
    better: 'higher',
  }),
  define({
    id: 'forums.onTime',
    group: 'forums',
    name: 'Items in their time',
    kind: 'share',
    unit: '%',
    formula: 'Of the agenda items discussed: those that took no more than their planned minutes and one minute more.',
    interval: WILSON,
    better: 'higher',
  }),
]

const SURVEY = [
  define({
    id: 'survey.responseRate',
    group: 'survey',
    name: 'Survey response rate',
    kind: 'share',
    unit: '%',
    formula: 'Of the people invited to the latest published wave: those who answered.',
    unknown: 'Where there are more answers than people invited, nothing of the wave is shown.',
    better: 'higher',
  }),
  define({
    id: 'survey.<item>',
    group: 'survey',
    name: 'Favourable answers',
    kind: 'share',
    unit: '%',
    formula:
      'Of the answers to one question of the latest published wave: those on its favourable side. Shown only where enough people answered that nobody can be recognised.',
    unknown:
      'Those who stayed silent: the worst case runs from all of them unfavourable to all of them favourable. Hidden answers are in no figure.',
    interval: SILENCE,
    better: 'higher',
  }),
]

export const PEOPLE_DEFINITIONS = [...PARTICIPATION, ...FORUMS, ...SURVEY]
