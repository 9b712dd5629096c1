/** Random records, for properties. */
import fc from 'fast-check'
import {
  ACTION_KINDS,
  ACTION_STATES,
  DETECTORS,
  MARKERS,
  type PostmortemRecord,
  SEVERITIES,
  STATUSES,
  type Why,
} from '#app/postmortems/record.ts'

const AWKWARD = [
  '---',
  '+++',
  '\n---\n',
  '# ',
  '## Timeline\n',
  '<!-- candor:body -->',
  '## Impact <!-- candor:impact -->',
  '<!-- \\candor:readable -->',
  '"',
  "'",
  ';',
  ',',
  '\t',
  '\n',
  '  \n\n',
  '=1+1',
  '@x',
  '\ufeff',
  '\u0085',
  '\u2028',
  '\u007f',
  '\ufffe',
  '\u202e',
  '🔥',
  'e\u0301',
  'null',
  '~',
  '2026-01-01T00:00',
  'INC-7',
]
const CONTROL = /[\u0000-\u0008\u000b-\u001f]/g
const pieces = (maxLength: number) =>
  fc
    .array(fc.oneof(fc.constantFrom(...AWKWARD), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), {
      maxLength,
    })
    .map(list => list.join('').replace(CONTROL, ''))
const long = pieces(6)
const line = pieces(3).map(words => [...words.slice(0, 199)].join('').toWellFormed().replaceAll('\ufffd', ''))
const moment = fc
  .date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true })
  .map(date => date.toISOString())
const day = moment.map(iso => iso.slice(0, 10))
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null })
const whysTo = (depth: number): fc.Arbitrary<Why[]> =>
  depth === 0 ? fc.constant([]) : fc.array(fc.record({ text: long, whys: whysTo(depth - 1) }), { maxLength: 2 })
const names = fc.array(line, { maxLength: 3 })

/** Whatever the schema allows, with texts made to be taken for something else. */
export const anyRecord: fc.Arbitrary<PostmortemRecord> = fc.record({
  title: line.filter(words => words !== ''),
  status: fc.constantFrom(...STATUSES),
  publishedAt: maybe(moment),
  externalId: maybe(line),
  sourceUrl: maybe(line),
  incidentKey: maybe(line),
  severity: maybe(fc.constantFrom(...SEVERITIES)),
  startedAt: maybe(moment),
  detectedAt: maybe(moment),
  acknowledgedAt: maybe(moment),
  mitigatedAt: maybe(moment),
  resolvedAt: maybe(moment),
  detectedBy: maybe(fc.constantFrom(...DETECTORS)),
  customerImpact: maybe(fc.boolean()),
  services: names,
  themes: names,
  authors: names,
  highlights: fc.array(fc.record({ value: line.map(cut(40)), label: line.map(cut(120)) }), { maxLength: 4 }),
  isPublic: fc.boolean(),
  sections: fc.record({
    summary: long,
    impact: long,
    wentWell: long,
    lucky: long,
    lessons: long,
    prevention: long,
    detection: long,
    body: long,
  }),
  timeline: fc.array(
    fc.record({ at: maybe(moment), atText: maybe(line), marker: maybe(fc.constantFrom(...MARKERS)), text: long }),
    { maxLength: 3 },
  ),
  factors: fc.array(fc.record({ text: long, themes: names, whys: whysTo(3) }), { maxLength: 3 }),
  actions: fc.array(
    fc.record({
      title: long,
      kind: maybe(fc.constantFrom(...ACTION_KINDS)),
      owner: maybe(line),
      createdOn: maybe(day),
      dueOn: maybe(day),
      state: fc.constantFrom(...ACTION_STATES),
      closedOn: maybe(day),
      reason: maybe(long),
      externalId: maybe(line),
    }),
    { maxLength: 3 },
  ),
})

function cut(max: number) {
  return (words: string) => words.slice(0, max).toWellFormed().replaceAll('\ufffd', '')
}
