/** Jobs: one turn for one slot, whoever asks; what fails is tried again; what was done is not. */
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { dailySlot, weeklySlot } from '#app/platform/job-slots.ts'
import { createJobs, type Turn } from '#app/platform/jobs.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'

const MINUTE = 60_000

function standing(at = '2026-03-09T09:00:00.000Z') {
  let now = Date.parse(at)
  return {
    now: () => now,
    pass(milliseconds: number) {
      now += milliseconds
    },
  }
}

function loud() {
  const lines: string[] = []
  const sink = new Writable({
    write(chunk, _, next) {
      lines.push(String(chunk))
      next()
    },
  })
  const log = pino({}, sink)
  return { log, lines }
}

onBothDatabases('Jobs', database => {
  test('two instances that want the same slot do it once', async () => {
    const db = await database.fresh()
    const clock = standing()
    const done: string[] = []
    const instance = (name: string) =>
      createJobs({ db, clock, log: loud().log }, [
        {
          name: 'greet',
          slotAt: () => '2026-03-09',
          run: async ({ slot }) => void done.push(`${name} ${slot}`),
        },
      ])
    await Promise.all([instance('one').tick(), instance('two').tick(), instance('three').tick()])
    await instance('late').tick()
    expect(done).toHaveLength(1)
  })

  test('what fails is logged and tried again, at most five times; parts that were done are not done again', async () => {
    const db = await database.fresh()
    const clock = standing()
    const { log, lines } = loud()
    const sent: string[] = []
    let turns = 0
    const run = async ({ once }: Turn) => {
      turns++
      await once('ada', async () => void sent.push('ada'))
      await once('ben', async () => {
        throw new Error('the mail server is away')
      })
    }
    const jobs = createJobs({ db, clock, log }, [{ name: 'mail', slotAt: () => 'today', run }])
    await jobs.tick()
    await jobs.tick()
    expect([turns, sent]).toEqual([1, ['ada']])
    for (let hour = 0; hour < 10; hour++) {
      clock.pass(60 * MINUTE)
      await jobs.tick()
    }
    expect([turns, sent]).toEqual([5, ['ada']])
    expect(lines.length).toBe(5)
    expect(lines[0]).toContain('the mail server is away')
  })

  test('one job that fails does not hold up the next, and a new slot is a new turn', async () => {
    const db = await database.fresh()
    const clock = standing()
    const done: string[] = []
    const jobs = createJobs({ db, clock, log: loud().log }, [
      {
        name: 'broken',
        slotAt: () => {
          throw new Error('no slot')
        },
        run: async () => undefined,
      },
      {
        name: 'daily',
        slotAt: now => dailySlot(now, 'UTC', 8),
        run: async ({ slot }) => void done.push(slot),
      },
    ])
    await jobs.tick()
    clock.pass(23 * 60 * MINUTE)
    await jobs.tick()
    clock.pass(60 * MINUTE)
    await jobs.tick()
    expect(done).toEqual(['2026-03-09', '2026-03-10'])
  })

  test('a turn whose process went away is taken over after half an hour', async () => {
    const db = await database.fresh()
    const clock = standing()
    const done: string[] = []
    const job = (run: () => Promise<void>) =>
      createJobs({ db, clock, log: loud().log }, [{ name: 'slow', slotAt: () => 'now', run }])
    void job(() => new Promise(() => undefined)).tick()
    await new Promise(resolve => setTimeout(resolve, 50))
    const other = job(async () => void done.push('done'))
    await other.tick()
    expect(done).toEqual([])
    clock.pass(31 * MINUTE)
    await other.tick()
    expect(done).toEqual(['done'])
  })

  test('started ones stop when they are told to, after what is being done', async () => {
    const db = await database.fresh()
    let isDone = false
    const jobs = createJobs({ db, clock: standing(), log: loud().log }, [
      {
        name: 'short',
        slotAt: () => 'now',
        run: async () => {
          await new Promise(resolve => setTimeout(resolve, 20))
          isDone = true
        },
      },
    ])
    jobs.start()
    await jobs.stop()
    expect(isDone).toBe(true)
  })
})

describe('A slot', () => {
  const at = (iso: string) => Date.parse(iso)
  test('of a day begins at its hour in the zone', () => {
    expect(dailySlot(at('2026-03-09T06:59:00Z'), 'Europe/Berlin', 8)).toBeNull()
    expect(dailySlot(at('2026-03-09T07:00:00Z'), 'Europe/Berlin', 8)).toBe('2026-03-09')
    expect(dailySlot(at('2026-03-09T23:30:00Z'), 'Europe/Berlin', 0)).toBe('2026-03-10')
  })

  test('of a week is its Monday from eight on, and stays for two days', () => {
    const monday = { weekday: 1, hour: 8 }
    expect(weeklySlot(at('2026-03-09T07:59:00Z'), 'UTC', monday)).toBeNull()
    expect(weeklySlot(at('2026-03-09T08:00:00Z'), 'UTC', monday)).toBe('2026-03-09')
    expect(weeklySlot(at('2026-03-11T23:00:00Z'), 'UTC', monday)).toBe('2026-03-09')
    expect(weeklySlot(at('2026-03-12T09:00:00Z'), 'UTC', monday)).toBeNull()
    expect(weeklySlot(at('2026-03-15T09:00:00Z'), 'UTC', monday)).toBeNull()
    expect(weeklySlot(at('2026-03-15T09:00:00Z'), 'UTC', { weekday: 7, hour: 8 })).toBe('2026-03-15')
  })
})
