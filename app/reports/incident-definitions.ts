/** The definitions of figures on incidents. */
import { CLOPPER_PEARSON, define, GARWOOD, ORDER_STATISTICS, WILSON } from './definition.ts'

const BELONGS =
  'An incident belongs to the period in which it began: when it started or, if that is not known, when it was detected.'
const SINCE_TRAFFIC = [{ number: 1, since: '2026-11-24', what: 'The first definition.' }]

const SEVERITY_FIGURES = [1, 2, 3, 4].map(level =>
  define({
    id: `incidents.sev${level}`,
    group: 'incidents',
    name: `SEV-${level} incidents`,
    kind: 'count',
    unit: 'incidents',
    formula: `Incidents of severity SEV-${level} that began in the period.`,
    unknown: 'An incident without a severity is in the number of incidents, and in none of these four.',
    better: level <= 2 ? 'lower' : null,
  }),
)

const INCIDENTS = [
  define({
    id: 'incidents.count',
    group: 'incidents',
    name: 'Incidents',
    kind: 'count',
    unit: 'incidents',
    formula: `Incidents that began in the period. ${BELONGS} More of them recorded may mean that more are noticed: neither direction is good by itself.`,
    unknown: 'An incident of which neither moment is known is in no period.',
  }),
  ...SEVERITY_FIGURES,
  define({
    id: 'incidents.density',
    group: 'incidents',
    name: 'Incidents per thousand deployments',
    kind: 'rate',
    unit: 'per thousand deployments',
    formula: 'Incidents with customer impact that began in the period ÷ deployments in the period × 1,000.',
    unknown:
      'Where the customer impact is not known, the incident does not count as having one. Without deployments there is no figure.',
    interval: GARWOOD,
    better: 'lower',
  }),
  define({
    id: 'incidents.densityRatio',
    group: 'incidents',
    name: 'Change per deployment',
    kind: 'ratio',
    unit: '× the period before',
    formula: 'Incidents per thousand deployments in this period ÷ those in the equally long period before.',
    unknown: 'Without deployments in one of the two, or incidents in the one before, there is no figure.',
    interval: CLOPPER_PEARSON,
    better: 'lower',
  }),
  define({
    id: 'incidents.perMillionRequests',
    group: 'incidents',
    name: 'Incidents per million requests',
    kind: 'rate',
    unit: 'per million requests',
    formula: 'Incidents with customer impact that began in the period ÷ requests served in the period × 1,000,000.',
    unknown:
      'Where the customer impact is not known, the incident does not count as having one. The figure is there once traffic has been imported.',
    interval: GARWOOD,
    better: 'lower',
    history: SINCE_TRAFFIC,
  }),
  define({
    id: 'incidents.perMillionRequestsRatio',
    group: 'incidents',
    name: 'Change per request',
    kind: 'ratio',
    unit: '× the period before',
    formula: 'Incidents per million requests in this period ÷ those in the equally long period before.',
    unknown: 'Without traffic in one of the two, or incidents in the one before, there is no figure.',
    interval: CLOPPER_PEARSON,
    better: 'lower',
    history: SINCE_TRAFFIC,
  }),
]

const UNKNOWN_TIME =
  'Where one of the two moments is missing, was written in a way that could not be read, or the end comes before the start.'
const OPEN_TIME = `${UNKNOWN_TIME} While the incident lasts the time is open, not unknown: it counts with what it has lasted so far (Kaplan and Meier, JASA 53, 1958).`

const TIMES = [
  time('time.toDetect', 'Time to detect', 'started', 'detected', UNKNOWN_TIME),
  time('time.toAcknowledge', 'Time to acknowledge', 'detected', 'acknowledged', UNKNOWN_TIME),
  time('time.toMitigate', 'Time to mitigate', 'started', 'mitigated', OPEN_TIME),
  time('time.toResolve', 'Time to resolve', 'started', 'resolved', OPEN_TIME),
  define({
    id: 'detection.customerShare',
    group: 'times',
    name: 'Detected by customers',
    kind: 'share',
    unit: '%',
    formula: 'Incidents of the period that a customer noticed first ÷ those of which it is known who noticed.',
    unknown: 'Incidents of which it is not known who noticed stand beside the share.',
    interval: WILSON,
    target: '0 %',
    better: 'lower',
  }),
]

function time(id: string, name: string, from: string, to: string, unknown: string) {
  return define({
    id,
    group: 'times',
    name,
    kind: 'duration',
    unit: 'minutes',
    formula: `Minutes from ${from} to ${to}, of the incidents of the period: the median and the 90 % quantile by nearest rank, values that really happened.`,
    endpoints: { from, to },
    unknown,
    interval: ORDER_STATISTICS,
    better: 'lower',
  })
}

const RECURRENCE = [
  define({
    id: 'incidents.repeatShare',
    group: 'recurrence',
    name: 'Repeats',
    kind: 'share',
    unit: '%',
    formula:
      'Incidents of the period that are of a family of which another member was resolved in the 183 days before they began ÷ incidents of the period.',
    unknown: 'An incident that nobody has put into a family counts as no repeat.',
    interval: WILSON,
    better: 'lower',
  }),
  define({
    id: 'downtime.minutes',
    group: 'recurrence',
    name: 'Downtime',
    kind: 'number',
    unit: 'minutes',
    formula: 'The sum of the minutes of SEV-1 and SEV-2 incidents of the period with customer impact.',
    endpoints: { from: 'started', to: 'mitigated, else resolved, else the moment of looking' },
    unknown: 'Incidents whose start or end is not known stand beside the sum and add nothing to it.',
    better: 'lower',
  }),
  define({
    id: 'downtime.cost',
    group: 'recurrence',
    name: 'Cost of downtime',
    kind: 'money',
    unit: 'in the organisation’s currency',
    formula:
      'Downtime in hours × what an hour of it is assumed to cost. The hourly figure is an assumption of the organisation and is always shown beside the product.',
    endpoints: { from: 'started', to: 'mitigated, else resolved, else the moment of looking' },
    unknown: 'As for the downtime.',
    better: 'lower',
  }),
]

export const INCIDENT_DEFINITIONS = [...INCIDENTS, ...TIMES, ...RECURRENCE]
