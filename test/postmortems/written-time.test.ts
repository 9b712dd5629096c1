import { describe, expect, it } from 'vitest'
import { findZone, momentOf } from '#app/postmortems/time-zones.ts'
import { daysIn, readWrittenTime } from '#app/postmortems/written-time.ts'

const read = (text: string): [string, string] | null => {
  const when = readWrittenTime(text)
  return when && [when.raw, when.rest]
}

describe('the time at the start of an entry', () => {
  it.each([
    ['**18:53** `@nova` First report', '18:53', '`@nova` First report'],
    ['**16:58 UTC** - Writer database', '16:58 UTC', 'Writer database'],
    ['**21:17 UTC: the authors**', '21:17 UTC', '**the authors**'],
    ['**June 14th, 2022, 10:00 AM:** As part', 'June 14th, 2022, 10:00 AM', 'As part'],
    ['Feb 28th **01:52** `@q` First', 'Feb 28th 01:52', '`@q` First'],
    ['**22:30 UTC (Oct 29)** - Incident', '22:30 UTC (Oct 29)', 'Incident'],
    ['12:45 PM PST Saturday Oct 30th: First', '12:45 PM PST Saturday Oct 30th', 'First'],
    ['2018-08-22, 03:26pm: first', '2018-08-22, 03:26pm', 'first'],
    ['18:53 - 2 pods failed', '18:53', '2 pods failed'],
    ['18:53 **bold** text', '18:53', '**bold** text'],
    ['10:30 Sun servers fail', '10:30', 'Sun servers fail'],
    ['~9:43 AM: Identifying', '~9:43 AM', 'Identifying'],
    ['10:01-10:02: Ahmad', '10:01-10:02', 'Ahmad'],
    ['March 5, 2025: Sepolia', 'March 5, 2025', 'Sepolia'],
    ['2024-05-01T10:00:00-08:00 deploy', '2024-05-01T10:00:00-08:00', 'deploy'],
  ])('%s', (text, raw, rest) => {
    expect(read(text)).toEqual([raw, rest])
  })

  it.each(['The 10:00 deploy', 'On Saturday 17 June', '10.5 percent', 'Monday', 'UTC', '25 pods failed', ''])(
    'is not there in %j',
    text => {
      expect(read(text)).toBeNull()
    },
  )

  it('is certain only as far as it is written', () => {
    expect(readWrittenTime('2024-03-04 09:12 UTC x')).toMatchObject({
      day: '2024-03-04',
      seconds: 33120,
      zone: 'UTC',
      vague: false,
    })
    expect(readWrittenTime('March 4 09:12')).toMatchObject({ day: null, seconds: 33120 })
    expect(readWrittenTime('04/03/2024 09:12')).toMatchObject({ day: null, hasDate: true })
    expect(readWrittenTime('9:12')).toMatchObject({ seconds: null })
    expect(readWrittenTime('9:12 pm')).toMatchObject({ seconds: 76320 })
    expect(readWrittenTime('13:55 PM')).toMatchObject({ seconds: null })
    expect(readWrittenTime('12:00 AM')).toMatchObject({ seconds: 0 })
    expect(readWrittenTime('Between 2023-07-10 to 2023-07-16')).toMatchObject({ vague: true, day: null })
    expect(readWrittenTime('about 10:00')).toMatchObject({ vague: true })
    expect(readWrittenTime('2023-02-30 10:00')).toMatchObject({ day: null })
  })
})

describe('a zone', () => {
  it('is a number of hours where it has one meaning and clocks show it on that day', () => {
    expect(momentOf('2019-11-29', 12 * 3600, 'CET')).toBe('2019-11-29T11:00:00.000Z')
    expect(momentOf('2019-07-29', 12 * 3600, 'CEST')).toBe('2019-07-29T10:00:00.000Z')
    expect(momentOf('2021-10-30', 12 * 3600, 'PDT')).toBe('2021-10-30T19:00:00.000Z')
    expect(momentOf('2023-02-01', 0, 'UTC+1')).toBe('2023-01-31T23:00:00.000Z')
    expect(momentOf('2023-02-01', 0, 'GMT-3:30')).toBe('2023-02-01T03:30:00.000Z')
    expect(momentOf('2023-02-01', 0, 'Z')).toBe('2023-02-01T00:00:00.000Z')
  })

  it('is never guessed', () => {
    for (const zone of ['BST', 'IST', 'CST', 'PT', 'Pacific Time']) expect(momentOf('2024-06-01', 0, zone)).toBeNull()
    // Written PST while clocks showed PDT, CET in summer, and on the days when clocks change.
    expect(momentOf('2021-10-30', 0, 'PST')).toBeNull()
    expect(momentOf('2024-06-01', 0, 'CET')).toBeNull()
    expect(momentOf('2024-03-31', 0, 'CET')).toBeNull()
    expect(momentOf('2024-11-03', 0, 'PST')).toBeNull()
  })

  it('is found in headings and remarks', () => {
    expect(findZone('Timeline (times in BST)')).toBe('BST')
    expect(findZone('All times in UTC+1')).toBe('UTC+1')
    expect(findZone('Time (Pacific)')).toBe('Pacific')
    expect(findZone('(all times in Pacific Time)')).toBe('Pacific Time')
    expect(findZone('Timeline of the outage')).toBeNull()
  })
})

it('full dates are found in titles, and no others', () => {
  expect(daysIn('Incident report July 11 2025 - x 2024-01-02, 5 March 2023, 5-26-21, October 2025')).toEqual([
    '2025-07-11',
    '2024-01-02',
    '2023-03-05',
  ])
})
