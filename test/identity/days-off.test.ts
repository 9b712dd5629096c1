import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readDaysOff, writeDaysOff } from '#app/identity/days-off.ts'
import { saveSettings } from '#app/identity/save-settings.server.ts'
import { daysOffOf, readSettings } from '#app/identity/settings.server.ts'
import { addDays } from '#app/measure/period.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { openHouse, refusalOf } from './house.ts'

const anyDaysOff = fc
  .uniqueArray(
    fc.tuple(
      fc.integer({ min: 0, max: 60_000 }).map(n => addDays('1990-01-01', n)),
      fc.stringMatching(/^[\p{L}\d][\p{L}\d' ()’-]{0,40}$/u).map(name => name.trim().replace(/ +/g, ' ')),
    ),
    { selector: ([day]) => day, maxLength: 40 },
  )
  .map(days => new Map(days.sort(([one], [other]) => (one < other ? -1 : 1))))

it('days off are read as they are written, in any order and with any line ends', () => {
  fc.assert(
    fc.property(anyDaysOff, fc.constantFrom('\n', '\r\n', '\n\n', ' \n'), (days, end) => {
      const text = writeDaysOff(days)
      expect(readDaysOff(text)).toEqual({ days, complaints: [] })
      const turned = text.split('\n').reverse().join(end)
      expect(readDaysOff(turned)).toEqual({ days, complaints: [] })
    }),
  )
})

it('any text is read without an error, and what is not understood is named by its line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => {
      const { days, complaints } = readDaysOff(text)
      const lines = text.split(/\r\n?|\n/).filter(line => line.trim() !== '').length
      expect(days.size + complaints.length).toBe(lines)
      expect(complaints.every(one => /^Line \d+ /.test(one))).toBe(true)
    }),
  )
})

it('a line may part day and name as spreadsheets do', () => {
  expect([...readDaysOff('2026-12-25, Christmas  Day\n\n2026-12-26;St Stephen’s\t Day').days]).toEqual([
    ['2026-12-25', 'Christmas Day'],
    ['2026-12-26', 'St Stephen’s Day'],
  ])
})

onBothDatabases('the days off of the organisation', database => {
  it('are kept in order, and refused line by line', async () => {
    const house = await openHouse(await database.fresh())
    const context = { ...house, actor: house.ada }
    await saveSettings(context, { daysOff: '2027-01-01 New Year\n2026-12-25 Christmas Day\n' })
    expect((await readSettings(house.db)).daysOff).toBe('2026-12-25 Christmas Day\n2027-01-01 New Year')
    expect((await daysOffOf(house.db)).get('2026-12-25')).toBe('Christmas Day')

    const daysOff =
      '2026-12-25 Christmas Day\n25.12.2026 Christmas\n2026-02-30 Never\n\n2027-01-06\n2026-12-25 Again\n2026-12-24 \u0007'
    const { fields } = await refusalOf(saveSettings(context, { daysOff }))
    expect(fields.daysOff).toBe(
      'Line 2 does not begin with a day such as 2026-12-25. Line 3 names 2026-02-30, which is no day of the calendar. ' +
        'Line 5 has no name after 2027-01-06. Line 6 names 2026-12-25, as line 1 does. ' +
        'Line 7 has a character that cannot be shown.',
    )
    expect((await readSettings(house.db)).daysOff).toContain('New Year')
    await saveSettings(context, { daysOff: '' })
    expect((await daysOffOf(house.db)).size).toBe(0)
  })
})
