import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  applyToClock,
  type ClockCommand,
  currentPhase,
  currentStep,
  type LiveClock,
  remainingAt,
  startClock,
} from '#app/forums/live-clock.ts'
import { AppError } from '#app/platform/errors.ts'

const MINUTE = 60_000
const START = Date.parse('2026-11-17T14:00:00.000Z')
const MINUTES = { context: 3, discussion: 10, capture: 2 }
const PLAN = {
  openingMinutes: 5,
  items: ['a', 'b', 'c'].map(id => ({ id, minutes: MINUTES })),
  patternsMinutes: 5,
  bufferMinutes: 5,
}

function run(commands: [number, ClockCommand][]): LiveClock {
  return commands.reduce(
    (clock, [minute, command]) => applyToClock(clock, command, START + minute * MINUTE),
    startClock(PLAN, START),
  )
}

const where = (clock: LiveClock) => [currentStep(clock).item, currentPhase(clock).phase]

describe('A forum on the clock', () => {
  it('begins with the opening and goes through context, discussion and capture of each item', () => {
    let clock = startClock(PLAN, START)
    const seen = [where(clock)]
    for (let i = 0; i < 10; i++) {
      clock = applyToClock(clock, { type: 'next-phase' }, START)
      seen.push(where(clock))
    }
    expect(seen.slice(0, 5)).toEqual([
      [null, 'opening'],
      ['a', 'context'],
      ['a', 'discussion'],
      ['a', 'capture'],
      ['b', 'context'],
    ])
    expect(seen.at(-1)).toEqual([null, 'patterns'])
    expect(() => applyToClock(clock, { type: 'next-phase' }, START)).toThrow(/finish the forum/)
  })

  it('does not end a phase by itself: what is left goes below zero, and more minutes come from the buffer', () => {
    const clock = startClock(PLAN, START)
    expect(remainingAt(clock, START + 6 * MINUTE)).toBe(-MINUTE)
    const longer = applyToClock(clock, { type: 'add-minutes', minutes: 2 }, START + 6 * MINUTE)
    expect(remainingAt(longer, START + 6 * MINUTE)).toBe(MINUTE)
    expect(longer.bufferMs).toBe(3 * MINUTE)
  })

  it('stands still while it is paused', () => {
    const paused = run([[2, { type: 'pause' }]])
    expect(paused).toMatchObject({ endsAt: null, remainingMs: 3 * MINUTE })
    const resumed = applyToClock(paused, { type: 'resume' }, START + 60 * MINUTE)
    expect(resumed).toMatchObject({ endsAt: START + 63 * MINUTE, remainingMs: null })
    expect(() => applyToClock(resumed, { type: 'resume' }, START)).toThrow(/running already/)
  })

  it('comes back to a phase with what was left of it', () => {
    const clock = run([
      [1, { type: 'next-phase' }],
      [2, { type: 'previous-phase' }],
    ])
    expect(where(clock)).toEqual([null, 'opening'])
    expect(remainingAt(clock, START + 2 * MINUTE)).toBe(4 * MINUTE)
    expect(clock.steps[1]).toMatchObject({ state: 'ahead', phases: [{ usedMs: MINUTE }, {}, {}] })
    expect(() => applyToClock(clock, { type: 'previous-phase' }, START)).toThrow(/began/)
  })

  it('skips an item, brings it back next, and takes what is left in another order', () => {
    let clock = run([
      [5, { type: 'next-item' }],
      [6, { type: 'skip', item: 'a' }],
    ])
    expect(where(clock)).toEqual(['b', 'context'])
    clock = applyToClock(clock, { type: 'bring-back', item: 'a' }, START)
    expect(clock.steps.map(step => step.item)).toEqual([null, 'b', 'a', 'c', null])
    clock = applyToClock(clock, { type: 'reorder', items: ['c', 'a'] }, START)
    expect(clock.steps.map(step => step.item)).toEqual([null, 'b', 'c', 'a', null])
    expect(() => applyToClock(clock, { type: 'reorder', items: ['c', 'c'] }, START)).toThrow(/changed meanwhile/)
    expect(where(applyToClock(clock, { type: 'next-item' }, START))).toEqual(['c', 'context'])
  })

  it('gives an item other minutes, also the one we are in', () => {
    const clock = run([
      [5, { type: 'next-item' }],
      [6, { type: 'adjust', item: 'a', minutes: { context: 5, discussion: 8, capture: 2 } }],
    ])
    expect(remainingAt(clock, START + 6 * MINUTE)).toBe(4 * MINUTE)
    expect(currentStep(clock).phases.map(time => time.allottedMs / MINUTE)).toEqual([5, 8, 2])
  })

  it('moves on by itself only when it may, only at zero, and never past the end', () => {
    const timeIsUp: ClockCommand = { type: 'time-is-up' }
    expect(() => run([[6, timeIsUp]])).toThrow(/by itself/)
    const moving = applyToClock(startClock(PLAN, START), { type: 'set-auto-advance', isOn: true }, START)
    expect(() => applyToClock(moving, timeIsUp, START + 4 * MINUTE)).toThrow(/by itself/)
    expect(where(applyToClock(moving, timeIsUp, START + 5 * MINUTE))).toEqual(['a', 'context'])
    const paused = applyToClock(moving, { type: 'pause' }, START + 5 * MINUTE)
    expect(() => applyToClock(paused, timeIsUp, START + 6 * MINUTE)).toThrow(/by itself/)
    const off = applyToClock(moving, { type: 'set-auto-advance', isOn: false }, START)
    expect(() => applyToClock(off, timeIsUp, START + 5 * MINUTE)).toThrow(/by itself/)
  })

  it('has an end, after which nothing moves', () => {
    const clock = run([[50, { type: 'finish' }]])
    expect(clock).toMatchObject({ isFinished: true, endsAt: null })
    expect(() => applyToClock(clock, { type: 'resume' }, START)).toThrow(/over/)
  })
})

const id = fc.constantFrom('a', 'b', 'c', 'unknown')
const command: fc.Arbitrary<ClockCommand> = fc.oneof(
  fc.constantFrom(
    ...(['pause', 'resume', 'next-phase', 'previous-phase', 'next-item'] as const).map(type => ({ type })),
  ),
  fc.constant({ type: 'time-is-up' as const }),
  fc.record({ type: fc.constant('set-auto-advance' as const), isOn: fc.boolean() }),
  fc.record({ type: fc.constant('add-minutes' as const), minutes: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ type: fc.constantFrom('skip' as const, 'bring-back' as const), item: id }),
  fc.record({ type: fc.constant('reorder' as const), items: fc.uniqueArray(id, { maxLength: 3 }) }),
  fc.record({
    type: fc.constant('adjust' as const),
    item: id,
    minutes: fc.record({
      context: fc.integer({ min: 1, max: 20 }),
      discussion: fc.integer({ min: 1, max: 20 }),
      capture: fc.integer({ min: 1, max: 20 }),
    }),
  }),
)

describe('Whatever is commanded', () => {
  it('one step is now, the clock either runs or stands, and no running second is lost or counted twice', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 900_000 }), command), { maxLength: 40 }), turns => {
        let clock = startClock(PLAN, START)
        let now = START
        let ran = 0
        for (const [passed, one] of turns) {
          now += passed
          if (clock.endsAt !== null) ran += passed
          const before = clock
          try {
            clock = applyToClock(clock, one, now)
          } catch (error) {
            expect(error).toBeInstanceOf(AppError)
            expect(clock).toBe(before)
          }
          expect(clock.steps.filter(step => step.state === 'now')).toEqual([currentStep(clock)])
          expect(clock.steps.map(step => step.item ?? '').sort()).toEqual(['', '', 'a', 'b', 'c'])
          expect([clock.endsAt, clock.remainingMs].filter(value => value === null)).toHaveLength(1)
          const used = clock.steps.flatMap((step, place) =>
            step.phases.map((time, phase) =>
              place === clock.step && phase === clock.phase ? time.allottedMs - remainingAt(clock, now) : time.usedMs,
            ),
          )
          expect(used.reduce((sum, ms) => sum + ms, 0)).toBe(ran)
          expect(JSON.parse(JSON.stringify(clock))).toEqual(clock)
        }
      }),
    )
  })
})
