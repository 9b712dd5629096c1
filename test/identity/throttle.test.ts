import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createThrottle, neighbourhood } from '#app/identity/throttle.server.ts'
import { refusalOf } from './house.ts'

const limits = { perEmail: 10, perAddress: 50, seconds: 900 }

describe('the throttle of sign-in', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('lets ten failures through for an account, wherever they come from, and says how long to wait', async () => {
    const throttle = createThrottle(limits)
    for (let n = 0; n < 10; n++) await throttle.attempt('ada@example.org', `10.0.0.${n}`)
    const refused = await refusalOf(throttle.attempt('ada@example.org', '10.0.1.1'))
    expect(refused).toMatchObject({ refusal: 'too-many', message: 'Too many attempts. Try again in 15 minutes.' })
    vi.advanceTimersByTime(14 * 60_000 + 1000)
    expect((await refusalOf(throttle.attempt('ada@example.org', '10.0.1.1'))).message).toContain('in a minute')
    vi.advanceTimersByTime(60_000)
    await throttle.attempt('ada@example.org', '10.0.1.1')
  })

  it('lets fifty failures through for an address, whatever the account', async () => {
    const throttle = createThrottle(limits)
    for (let n = 0; n < 50; n++) await throttle.attempt(`person${n}@example.org`, '10.0.0.1')
    expect((await refusalOf(throttle.attempt('new@example.org', '10.0.0.1'))).refusal).toBe('too-many')
    await throttle.attempt('new@example.org', '10.0.0.2')
  })

  it('never counts what succeeds', async () => {
    const throttle = createThrottle(limits)
    for (let n = 0; n < 200; n++) await (await throttle.attempt('ada@example.org', '10.0.0.1')).succeeded()
  })

  it('lets no more than ten of many simultaneous guesses be judged', async () => {
    const throttle = createThrottle(limits)
    const guesses = Array.from({ length: 100 }, () => throttle.attempt('ada@example.org', '10.0.0.1'))
    const judged = (await Promise.allSettled(guesses)).filter(guess => guess.status === 'fulfilled')
    expect(judged.length).toBe(10)
  })

  it('never lets more than ten failures into any fixed window, however they are spread', async () => {
    const steps = fc.array(fc.record({ wait: fc.integer({ min: 0, max: 400_000 }), good: fc.boolean() }), {
      maxLength: 80,
    })
    await fc.assert(
      fc.asyncProperty(steps, async list => {
        const throttle = createThrottle({ ...limits, perAddress: 1000 })
        let windowEnds = -1
        let failures = 0
        for (const { wait, good } of list) {
          vi.advanceTimersByTime(wait)
          if (Date.now() >= windowEnds) {
            windowEnds = Date.now() + 900_000
            failures = 0
          }
          try {
            const attempt = await throttle.attempt('ada@example.org', '10.0.0.1')
            expect(failures).toBeLessThan(10)
            if (good) await attempt.succeeded()
            else failures++
          } catch (error) {
            expect(failures, String(error)).toBe(10)
          }
        }
      }),
      { numRuns: 50 },
    )
  })

  it('counts a household of IPv6 as one address', () => {
    expect(neighbourhood('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
    expect(neighbourhood('2001:db8:1:2::6')).toBe('2001:db8:1:2::/64')
    expect(neighbourhood('2001:0DB8::1')).toBe('2001:db8:0:0::/64')
    expect(neighbourhood('::1')).toBe('0:0:0:0::/64')
    expect(neighbourhood('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
    expect(neighbourhood('::ffff:10.0.0.1')).toBe('10.0.0.1')
    expect(neighbourhood('10.0.0.1')).toBe('10.0.0.1')
    expect(neighbourhood('')).toBe('')
  })
})
