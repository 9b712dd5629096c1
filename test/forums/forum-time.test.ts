import { describe, expect, it } from 'vitest'
import { applyToClock, remainingAt, startClock } from '#app/forums/live-clock.ts'
import { clockAfter, forumTimeText } from '#app/forums/ui/forum-time.tsx'

const [KOLKATA, BERLIN, FRANCISCO] = ['Asia/Kolkata', 'Europe/Berlin', 'America/Los_Angeles'] as const

describe('The time of a forum in Berlin', () => {
  const inAll = (at: string) => [KOLKATA, BERLIN, FRANCISCO].map(own => forumTimeText(at, BERLIN, own))

  it('is told with the reader’s own in Kolkata and San Francisco, and once in Berlin', () => {
    expect(inAll('2026-12-15T14:00:00.000Z')).toEqual([
      'Tue, 15 Dec 2026, 15:00 CET, 19:30 for you',
      'Tue, 15 Dec 2026, 15:00 CET',
      'Tue, 15 Dec 2026, 15:00 CET, 06:00 for you',
    ])
  })

  it('names the reader’s day where theirs is another', () => {
    expect(inAll('2026-12-15T21:00:00.000Z')).toEqual([
      'Tue, 15 Dec 2026, 22:00 CET, Wed, 16 Dec 2026, 02:30 for you',
      'Tue, 15 Dec 2026, 22:00 CET',
      'Tue, 15 Dec 2026, 22:00 CET, 13:00 for you',
    ])
    expect(inAll('2026-12-15T23:00:00.000Z')[2]).toBe('Wed, 16 Dec 2026, 00:00 CET, Tue, 15 Dec 2026, 15:00 for you')
  })

  it('keeps its hour on the days when the clocks change, theirs or the reader’s', () => {
    expect(inAll('2027-03-16T14:00:00.000Z')[2], 'San Francisco is two weeks ahead').toBe(
      'Tue, 16 Mar 2027, 15:00 CET, 07:00 for you',
    )
    expect(inAll('2027-03-28T13:00:00.000Z')).toEqual([
      'Sun, 28 Mar 2027, 15:00 CEST, 18:30 for you',
      'Sun, 28 Mar 2027, 15:00 CEST',
      'Sun, 28 Mar 2027, 15:00 CEST, 06:00 for you',
    ])
  })
})

describe('The agenda’s clock', () => {
  it('goes on past midnight, and by an hour when the clocks do', () => {
    expect([0, 29, 30, 45].map(minutes => clockAfter('2026-12-15T22:30:00.000Z', BERLIN, minutes))).toEqual([
      '23:30',
      '23:59',
      '00:00',
      '00:15',
    ])
    expect([0, 29, 30, 45].map(minutes => clockAfter('2027-03-28T00:30:00.000Z', BERLIN, minutes))).toEqual([
      '01:30',
      '01:59',
      '03:00',
      '03:15',
    ])
    expect([0, 29, 30].map(minutes => clockAfter('2026-10-25T00:30:00.000Z', BERLIN, minutes))).toEqual([
      '02:30',
      '02:59',
      '02:00',
    ])
  })

  it('and the countdown lose or gain nothing by it', () => {
    const plan = {
      openingMinutes: 5,
      items: [{ id: 'a', minutes: { context: 3, discussion: 10, capture: 2 } }],
      patternsMinutes: 5,
      bufferMinutes: 5,
    }
    for (const change of ['2027-03-28T01:00:00.000Z', '2026-10-25T01:00:00.000Z', '2026-12-15T23:00:00.000Z']) {
      const start = Date.parse(change) - 2 * 60_000
      const clock = startClock(plan, start)
      expect(remainingAt(clock, Date.parse(change) + 60_000)).toBe(2 * 60_000)
      const item = applyToClock(clock, { type: 'next-item' }, Date.parse(change) + 60_000)
      expect(item.steps[0]?.phases[0]?.usedMs).toBe(3 * 60_000)
    }
  })
})
