import { describe, expect, it } from 'vitest'
import { cellsOfObject } from '#app/incidents/import-columns.ts'
import { slugOfName } from '#app/incidents/names.server.ts'
import { normaliseDetector, normaliseImpact, normaliseSeverity } from '#app/incidents/normalise.ts'
import { readSeverities } from '#app/incidents/severities.server.ts'
import { severityDefinitionsSchema } from '#app/incidents/severity-definitions.ts'

describe('a severity', () => {
  it.each(['SEV2', 'sev-2', 'Sev 2', '2', 'P2', ' SEV-2 ', 'p 2', 'SEV_2'])('is SEV-2 when written %s', text => {
    expect(normaliseSeverity(text)).toBe('SEV-2')
  })
  it('is not known when nothing is written', () => {
    expect(normaliseSeverity('  ')).toBeNull()
  })
  it.each(['SEV99', 'Critical', '0', '5', 'SEV', 'SEV-2!', '22', '٢'])('is an error when written %s', text => {
    expect(normaliseSeverity(text)).toBeUndefined()
  })
})

describe('who noticed', () => {
  it.each([
    ['alert', 'monitoring'],
    ['Monitor', 'monitoring'],
    ['Monitoring Alert', 'monitoring'],
    ['support', 'customer'],
    ['CUSTOMER', 'customer'],
    ['engineer', 'employee'],
    ['internal', 'employee'],
    ['', null],
    ['customer alert', undefined],
    ['constructor', undefined],
    ['عميل', undefined],
  ])('%s is %s', (text, detector) => {
    expect(normaliseDetector(text)).toBe(detector)
  })
})

describe('customer impact', () => {
  it.each([
    ['yes', true, ''],
    ['TRUE', true, ''],
    ['1', true, ''],
    ['y', true, ''],
    ['No', false, ''],
    ['false', false, ''],
    ['0', false, ''],
    ['n', false, ''],
    ['', null, ''],
    ['Nobody could sign in.', true, 'Nobody could sign in.'],
  ])('%s is %s, keeping “%3$s”', (text, customerImpact, note) => {
    expect(normaliseImpact(text)).toEqual({ customerImpact, note })
  })
})

describe('the name of a service', () => {
  it('is the same whatever its case, spacing and punctuation', () => {
    expect(new Set(['Payments API', 'payments-api', ' payments   api ', 'Payments_API'].map(slugOfName))).toEqual(
      new Set(['payments-api']),
    )
  })
  it('is told apart where ASCII cannot', () => {
    const names = ['الدفع', '決済', '決済 api', 'api', '🔥', '💥', 'x'.repeat(120), `${'x'.repeat(119)}y`]
    expect(new Set(names.map(slugOfName)).size).toBe(names.length)
    for (const name of names) expect(slugOfName(name)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  })
  it('folds accents without a mark', () => {
    expect(slugOfName('Größe & Straße')).toBe('grosse-strasse')
    expect(slugOfName('💳 payments')).toBe('payments')
  })
  it('has a slug that is its own slug', () => {
    for (const name of ['決済', 'Payments API', 'x'.repeat(150)])
      expect(slugOfName(slugOfName(name))).toBe(slugOfName(name))
  })
})

describe('an object of a JSON Lines file', () => {
  it('becomes the cells of a row, by the column names, their aliases or those of the API', () => {
    const { cells, ignored } = cellsOfObject({
      uuid: 'x-1',
      title: 'Down',
      start_time: '2024-03-04T09:12:00Z',
      detectedAt: null,
      company: 'Acme',
      product: ['Shop', { slug: 'api', name: 'API' }],
      customer_impact: true,
      incidentCommander: { name: 'Ada', email: 'ada@example.org' },
      family: { slug: 'f', name: 'F' },
      severity: 2,
      summary: 'Long',
      flags: [{}],
    })
    expect(cells).toEqual({
      external_id: 'x-1',
      title: 'Down',
      summary: 'Long',
      started_at: '2024-03-04T09:12:00Z',
      detected_at: '',
      services: 'Acme;Shop;API',
      customer_impact: 'yes',
      incident_commander: 'ada@example.org',
      family: 'F',
      severity: '2',
    })
    expect(ignored).toEqual(['flags'])
  })
})

describe('the severities of content/', () => {
  it('are four, the most serious first, each with the response it triggers', () => {
    const severities = readSeverities()
    expect(severities.map(one => one.code)).toEqual(['SEV-1', 'SEV-2', 'SEV-3', 'SEV-4'])
    expect(readSeverities()).toBe(severities)
  })
  it('are refused when one is missing or twice', () => {
    const [one, two, three] = readSeverities()
    expect(severityDefinitionsSchema.safeParse([one, two, three]).success).toBe(false)
    expect(severityDefinitionsSchema.safeParse([one, two, three, three]).success).toBe(false)
  })
})
