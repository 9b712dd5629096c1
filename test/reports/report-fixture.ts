/** A report made by hand, with every kind of exhibit, and arbitrary ones for properties. */
import fc from 'fast-check'
import { signals, xmrLimits } from '#app/measure/run-chart.ts'
import { CHAPTERS, type Chapter, type ChapterId, type Exhibit, type ReportContent } from '#app/reports/report.ts'

const MONTHS = [
  'Oct 2025',
  'Nov 2025',
  'Dec 2025',
  'Jan 2026',
  'Feb 2026',
  'Mar 2026',
  'Apr 2026',
  'May 2026',
  'Jun 2026',
]

export function aRun(values: (number | null)[] = [18, 22, 14, 24, 19, 60, 16, 11, 7]): Exhibit {
  return {
    kind: 'run',
    id: 'to-detect',
    title: 'Minutes to detect',
    caption: 'Median minutes from started to detected, by month.',
    figure: 'time.toDetect',
    unit: 'minutes',
    points: values.map((value, at) => ({ label: MONTHS[at % 9] ?? '', value, n: value === null ? 0 : 3 + (at % 7) })),
    stretches: [
      { from: 0, limits: xmrLimits(values.slice(0, 4)), signals: [] },
      {
        from: 4,
        limits: xmrLimits(values.slice(4)),
        signals: [{ kind: 'outside', at: 5, side: 'above' }],
      },
    ],
    breaks: [{ at: 4, why: 'alerts come from another system' }],
    target: 15,
  }
}

export const EXHIBITS: Exhibit[] = [
  aRun(),
  {
    kind: 'distribution',
    id: 'to-resolve',
    title: 'Time to resolve',
    caption: 'Incidents of the quarter by minutes from started to resolved; n = 17.',
    figure: 'time.toResolve',
    unit: 'minutes',
    classes: [
      { label: '0–15', count: 1, before: 2 },
      { label: '15–60', count: 6, before: 3 },
      { label: '60–240', count: 8, before: 4 },
      { label: 'over 240', count: 2, before: 6 },
    ],
    median: 110,
    p90: 338,
    open: 1,
  },
  {
    kind: 'survival',
    id: 'actions-open',
    title: 'How long action items stay open',
    caption: 'Share still open after so many days (Kaplan–Meier).',
    figure: 'actions.daysToComplete',
    unit: 'days',
    curves: [
      {
        label: 'This quarter',
        n: 21,
        steps: [
          { day: 4, share: 0.9, low: 0.7, high: 0.97 },
          { day: 11, share: 0.62, low: 0.4, high: 0.78 },
          { day: 27, share: 0.48, low: 0.27, high: 0.66 },
        ],
      },
      {
        label: 'The quarter before',
        n: 18,
        steps: [
          { day: 9, share: 0.83, low: 0.57, high: 0.94 },
          { day: 30, share: 0.5, low: 0.26, high: 0.7 },
        ],
      },
    ],
  },
  {
    kind: 'diverging',
    id: 'safety',
    title: 'What people answered',
    caption: 'Of 60 answers; 75 were invited.',
    figure: 'survey.responseRate',
    unit: '%',
    rows: [
      {
        label: 'I would present an incident that I caused to the whole organisation.',
        n: 60,
        unfavourable: 0.15,
        neutral: 0.15,
        favourable: 0.7,
      },
      {
        label: 'If somebody makes a mistake here, it is held against them & remembered.',
        n: 58,
        unfavourable: 0.3,
        neutral: 0.2,
        favourable: 0.5,
      },
      { label: 'A small <group>', n: 5, unfavourable: 0.4, neutral: 0, favourable: 0.6 },
    ],
  },
  {
    kind: 'bars',
    id: 'themes',
    title: 'Themes of the quarter',
    caption: 'Postmortems published in the quarter that carry the theme.',
    figure: null,
    unit: 'postmortems',
    bars: [
      { label: 'Retry storms', value: 7, note: '3 more than before' },
      { label: 'Capacity', value: 4, note: null },
      { label: 'Certificates', value: 1, note: null },
    ],
  },
  {
    kind: 'multiples',
    id: 'severities',
    title: 'Incidents by severity',
    caption: 'Incidents that began in the month.',
    figure: 'incidents.count',
    unit: 'incidents',
    labels: MONTHS,
    series: ['SEV-1', 'SEV-2', 'SEV-3', 'SEV-4'].map((label, at) => ({
      label,
      values: MONTHS.map((_, month) => (month === 2 && at === 0 ? null : (month * (at + 2)) % 6)),
    })),
  },
  {
    kind: 'table',
    id: 'due',
    title: 'Action items due this quarter',
    caption: 'Dropped ones are not counted.',
    figure: 'actions.completed',
    unit: '',
    columns: [
      { label: 'Kind', isNumber: false },
      { label: 'Due', isNumber: true },
      { label: 'Done', isNumber: true },
      { label: 'Change', isNumber: false },
    ],
    rows: [
      ['Prevent', '6', '5', 'no clear change'],
      ['Detect', '3', '1', 'too few to tell'],
    ],
  },
]

export function aChapter(id: ChapterId, exhibits: Exhibit[]): Chapter {
  return {
    id,
    claims: [{ text: `What the rules say of ${id}.`, figures: ['time.toDetect'] }],
    remark: id === 'noticing' ? 'Repair improving without detection improving means better firefighting.' : null,
    missing: null,
    exhibits,
    figures: FIGURES_OF[id] ?? [],
  }
}

const FIGURES_OF: Partial<Record<ChapterId, string[]>> = {
  safety: ['survey.responseRate'],
  noticing: ['time.toDetect', 'detection.customerShare'],
  recovering: ['time.toResolve'],
  writing: ['postmortems.onTime'],
  'taking-part': ['participation.ledEver'],
}

export function aReport(chapters?: Chapter[]): ReportContent {
  const [run, distribution, survival, diverging, bars, multiples, table] = EXHIBITS as [
    Exhibit,
    Exhibit,
    Exhibit,
    Exhibit,
    Exhibit,
    Exhibit,
    Exhibit,
  ]
  return {
    form: 1,
    organisation: 'Northwind',
    period: {
      key: '2026-Q3',
      firstDay: '2026-07-01',
      endDay: '2026-10-01',
      timeZone: 'UTC',
      title: 'Third quarter 2026',
    },
    before: { key: '2026-Q2', title: 'Second quarter 2026' },
    asOf: '2026-10-05T00:00:00Z',
    definitions: { 'time.toDetect': 1, 'postmortems.onTime': 1 },
    releases: [{ wave: 'w1', title: 'Autumn 2026', publishedAt: '2026-09-20T00:00:00Z' }],
    costPerHour: 300000,
    currency: 'EUR',
    figures: {
      'survey.responseRate': { value: 0.8, count: 60, n: 75 },
      'time.toDetect': { value: 5, p90: 19, low: 2, high: 13, n: 15, open: 0, unknown: 2 },
      'detection.customerShare': { value: 0.2, count: 3, n: 15, low: 0.0705, high: 0.4519, unknown: 2, target: 0 },
      'time.toResolve': { value: 110, p90: 338, low: 81, high: 155, n: 17, open: 0, unknown: 0 },
      'postmortems.onTime': { value: 0.6, count: 3, n: 5, low: 0.2307, high: 0.8824, target: 0.95 },
      'participation.ledEver': { value: 31 / 52, count: 31, n: 52, target: 0.65 },
    },
    previous: { 'time.toDetect': { value: 9, n: 14 }, 'postmortems.onTime': { value: 0.5, count: 4, n: 8 } },
    story: [
      { text: 'We noticed sooner.', figures: ['time.toDetect'] },
      { text: 'Three of five postmortems came in time.', figures: ['postmortems.onTime'] },
    ],
    headline: [
      {
        id: 'time.toDetect',
        label: 'Minutes to detect',
        now: { value: 5, p90: 19, low: 2, high: 13, n: 15, unknown: 2 },
        before: { value: 9 },
        change: 'clearly down',
        changeWords: 'clearly down from 9 minutes',
        better: 'lower',
        measure: 'minutes',
      },
      {
        id: 'participation.ledEver',
        label: 'Engineers who have led',
        now: { value: 31 / 52, count: 31, n: 52, target: 0.65 },
        before: { value: 0.5 },
        change: 'counted',
        changeWords: '4 more than before',
        better: 'higher',
        measure: 'census',
      },
      {
        id: 'postmortems.onTime',
        label: 'Postmortems within 48 h',
        now: { value: 0.6, count: 3, n: 5, low: 0.2307, high: 0.8824, target: 0.95 },
        before: { value: 0.5 },
        change: 'too few to tell',
        changeWords: 'too few to tell',
        better: 'higher',
        measure: 'share',
      },
      {
        id: 'detection.customerShare',
        label: 'Customers told us first',
        now: { value: 0.2, count: 3, n: 15, low: 0.0705, high: 0.4519, unknown: 2, target: 0 },
        before: null,
        change: 'no clear change',
        changeWords: 'no clear change from 24 %',
        better: 'lower',
        measure: 'share',
      },
    ],
    chapters: chapters ?? [
      aChapter('safety', [diverging]),
      aChapter('noticing', [run]),
      aChapter('recovering', [distribution, multiples]),
      {
        ...aChapter('writing', []),
        claims: [],
        missing: 'No postmortem has been published yet. Begin with the next SEV-1.',
      },
      aChapter('following-through', [table, survival]),
      aChapter('recurring', [bars]),
    ],
  }
}

const words = fc.string({ minLength: 1, maxLength: 12 })
const share = fc.double({ min: 0, max: 1, noNaN: true })
const count = fc.integer({ min: 0, max: 9999 })

const base = (kind: string) => ({
  kind: fc.constant(kind),
  id: fc.constantFrom('one', 'two-2', 'three'),
  title: words,
  caption: words,
  figure: fc.constantFrom('time.toDetect', null),
  unit: fc.constantFrom('minutes', '%', 'incidents', ''),
})

/** Any exhibit, however odd its texts and numbers. */
export const anyExhibit = fc.oneof(
  fc
    .record({
      ...base('run'),
      points: fc.array(fc.record({ label: words, value: fc.option(count), n: fc.option(count) }), { maxLength: 14 }),
      target: fc.option(count),
    })
    .map(run => {
      const values = run.points.map(point => point.value)
      return { ...run, breaks: [], stretches: [{ from: 0, limits: xmrLimits(values), signals: signals(values) }] }
    }),
  fc.record({
    ...base('distribution'),
    classes: fc.array(fc.record({ label: words, count, before: fc.option(count) }), { maxLength: 8 }),
    median: fc.option(count),
    p90: fc.option(count),
    open: count,
  }),
  fc.record({
    ...base('survival'),
    curves: fc.array(
      fc.record({
        label: words,
        n: count,
        steps: fc.array(fc.record({ day: count, share, low: share, high: share }), { maxLength: 9 }),
      }),
      { maxLength: 4 },
    ),
  }),
  fc.record({
    ...base('diverging'),
    rows: fc.array(fc.record({ label: words, n: count, unfavourable: share, neutral: share, favourable: share }), {
      maxLength: 7,
    }),
  }),
  fc.record({
    ...base('bars'),
    bars: fc.array(fc.record({ label: words, value: count, note: fc.option(words) }), { maxLength: 7 }),
  }),
  fc.record({
    ...base('multiples'),
    labels: fc.array(words, { minLength: 5, maxLength: 5 }),
    series: fc.array(fc.record({ label: words, values: fc.array(fc.option(count), { minLength: 5, maxLength: 5 }) }), {
      maxLength: 5,
    }),
  }),
) as fc.Arbitrary<Exhibit>

/** A report whose numbers and texts are any. */
export const anyReport: fc.Arbitrary<ReportContent> = fc
  .array(fc.tuple(fc.constantFrom(...CHAPTERS), fc.array(anyExhibit, { maxLength: 3 })), { maxLength: 5 })
  .map(all =>
    aReport(
      all.map(([id, exhibits]) =>
        aChapter(
          id,
          exhibits.map((one, at) => ({ ...one, id: `${one.id}-${at}` })),
        ),
      ),
    ),
  )
