import { describe, expect, it } from 'vitest'
import { BadInput } from '#app/platform/bad-input.ts'
import { writeCandorMarkdown } from '#app/postmortems/candor-format.ts'
import { emptyRecord, type PostmortemRecord } from '#app/postmortems/record.ts'
import { understandCsvRow, understandJsonLine } from '#app/postmortems/understand-row.ts'

const NOW = Date.parse('2026-01-01T00:00:00Z')
const json = (object: unknown) => understandJsonLine(object, 7, { now: NOW })
const issues = (read: () => unknown): unknown => {
  try {
    read()
  } catch (error) {
    if (error instanceof BadInput) return error.issues
    throw error
  }
  return 'no error'
}

describe('a line of JSON', () => {
  it('has the columns of the CSV, their other names, or those of the API', () => {
    const { record, suggestedThemes, duplicateOf, ignored } = json({
      uuid: 'a-1',
      url: 'https://x.test/1',
      start_time: '2012-12-22T12:15:00-08:00',
      end: '2012-12-22T22:23:00Z',
      date: '2012-12-22',
      company: 'Amazon',
      product: 'S3; EC2',
      categories: ['Cloud'],
      keywords: ['cloud', 'dns'],
      description: 'It failed. Badly.',
      customerImpact: 'no',
      duplicate_of: 'b-2',
      salary: 1,
    })
    expect(record).toMatchObject({
      title: 'It failed',
      externalId: 'a-1',
      sourceUrl: 'https://x.test/1',
      startedAt: '2012-12-22T20:15:00.000Z',
      resolvedAt: '2012-12-22T22:23:00.000Z',
      publishedAt: '2012-12-22T00:00:00.000Z',
      services: ['Amazon', 'S3', 'EC2'],
      customerImpact: false,
      sections: { summary: 'It failed. Badly.' },
    })
    expect(suggestedThemes).toEqual([{ word: 'Cloud' }, { word: 'dns' }])
    expect(duplicateOf).toBe('b-2')
    expect(ignored).toEqual(['salary'])
  })

  it('counts a column by its own name before one by another name', () => {
    expect(json({ title: 'T', date: '2020-01-01', published_at: '2021-01-01' }).record.publishedAt).toBe(
      '2021-01-01T00:00:00.000Z',
    )
    expect(json({ title: 'T', uuid: 'b', external_id: 'a' }).record.externalId).toBe('a')
  })

  it('takes numbers and truth values for the words that they are', () => {
    expect(
      json({ title: 'T', severity: 2, customer_impact: true, external_id: 12, public: 'yes' }).record,
    ).toMatchObject({
      severity: 'SEV-2',
      customerImpact: true,
      externalId: '12',
      isPublic: true,
    })
  })

  it('is published where it does not say so, and that is noted', () => {
    expect(json({ title: 'T' })).toMatchObject({
      record: { status: 'published' },
      notes: ['No status given: imported as published'],
    })
    expect(json({ title: 'T', status: 'draft' })).toMatchObject({ record: { status: 'draft' }, notes: [] })
  })

  it.each([
    [{ title: 'T', severity: 'urgent' }, 'severity', '"urgent" is not a severity; use SEV-1 to SEV-4'],
    [{ title: 'T', status: 'odd' }, 'status', '"odd" is not a status; use draft, in review or published'],
    [{ title: 'T', detected_by: 'a bird' }, 'detected_by', expect.stringContaining('not a way of detecting')],
    [{ title: 'x'.repeat(301) }, 'title', '301 characters: at most 300'],
    [
      { title: 'T', body: 'x'.repeat(1_000_001) },
      expect.stringContaining('body'),
      expect.stringContaining('at most 1,000,000'),
    ],
    [{ title: 'T', services: Array.from({ length: 501 }, (_, i) => `s${i}`) }, 'services', '501 values: at most 500'],
    [
      { title: 'T', actions: [{ title: 'A', kind: 'odd' }] },
      'actions',
      expect.stringContaining('actions.1.kind: "odd" is not a kind'),
    ],
    [{ status: 'draft' }, 'title', 'a title is missing, and there is no text to take one from'],
  ])('with a mistake is refused by line and column (%#)', (object, column, message) => {
    expect(issues(() => json(object))).toEqual([{ line: 7, column, message }])
  })

  it.each([[[]], ['text'], [null], [3]])('must be an object, not %j', object => {
    expect(issues(() => json(object))).toEqual([{ line: 7, message: expect.stringContaining('not an object') }])
  })

  it('leaves out moments that cannot be, and keeps their text in the notes', () => {
    const { record, notes } = json({
      title: 'Vasa',
      started_at: '1628-08-10T12:00:00Z',
      detected_at: '2020-01-01 10:00',
      mitigated_at: '2020-01-01T10:00:00Z',
      resolved_at: '2020-01-01T09:00:00Z',
      status: 'published',
    })
    expect(record).toMatchObject({
      startedAt: null,
      detectedAt: null,
      mitigatedAt: '2020-01-01T10:00:00.000Z',
      resolvedAt: null,
    })
    expect(notes).toEqual([
      'started_at "1628-08-10T12:00:00Z" left open: it is before 1970',
      'detected_at "2020-01-01 10:00" left open: the time has no zone: add Z or an offset such as +02:00',
      'resolved_at 2020-01-01T09:00:00.000Z left open: it is before mitigated_at 2020-01-01T10:00:00.000Z',
    ])
  })

  it('keeps what describes an impact', () => {
    expect(json({ title: 'T', customer_impact: 'Nobody could sign in.' }).record).toMatchObject({
      customerImpact: true,
      sections: { impact: 'Nobody could sign in.' },
    })
  })

  it('has nothing in it that cannot be stored', () => {
    const { record } = json({ title: 'a\0b\ud83dc', body: 'x\r\ny', __proto__: { status: 'draft' } })
    expect(record).toMatchObject({ title: 'abc', status: 'published', sections: { body: 'x\ny' } })
    expect(json(JSON.parse('{"title":"T","__proto__":{"status":"draft"},"constructor":1}')).ignored).toEqual([
      '__proto__',
      'constructor',
    ])
  })
})

describe('a row of CSV', () => {
  const row = (cells: Record<string, string>) => understandCsvRow({ line: 3, cells }, { now: NOW })

  it('parts values by semicolons only', () => {
    expect(row({ title: 'T', services: 'a, b;c', themes: 'third party;dns;' }).record).toMatchObject({
      services: ['a, b', 'c'],
      themes: ['third party', 'dns'],
    })
  })

  it('stands where it stood in the file', () => {
    expect(row({ title: 'T' }).line).toBe(3)
    expect(issues(() => row({ title: 'T', severity: 'x' }))).toMatchObject([{ line: 3, column: 'severity' }])
  })

  it('whose text Candor wrote is the record that was written', () => {
    const original: PostmortemRecord = {
      ...emptyRecord(' T '),
      timeline: [{ at: null, atText: '9', marker: null, text: 'x' }],
      customerImpact: false,
    }
    expect(row({ title: 'other', body: writeCandorMarkdown(original) })).toMatchObject({ record: original, line: 3 })
  })
})
