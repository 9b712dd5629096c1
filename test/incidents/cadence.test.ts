import { describe, expect, it } from 'vitest'
import { nextUpdate, updateTemplate } from '#app/incidents/cadence.ts'
import { turnInTheWay } from '#app/incidents/role-turns.ts'
import { readRoles } from '#app/incidents/roles.server.ts'
import { readSeverities } from '#app/incidents/severities.server.ts'
import { stepsOf } from '#app/incidents/timeline.ts'

const severities = readSeverities()
const at = (time: string) => `2026-03-04T${time}:00.000Z`
const now = Date.parse(at('12:10'))

describe('the next update', () => {
  it('is due 15 minutes after the last one for SEV-1, and after it was noticed for the first', () => {
    const first = nextUpdate({ severity: 'SEV-1', since: at('12:00'), lastUpdateAt: null }, severities, now)
    expect(first).toEqual({ everyMinutes: 15, dueAt: at('12:15'), isLate: false })
    const next = nextUpdate({ severity: 'SEV-1', since: at('11:00'), lastUpdateAt: at('11:50') }, severities, now)
    expect(next).toEqual({ everyMinutes: 15, dueAt: at('12:05'), isLate: true })
  })

  it('comes more seldom the less severe it is', () => {
    const minutes = severities.map(
      ({ code }) =>
        nextUpdate({ severity: code, since: at('12:00'), lastUpdateAt: null }, severities, now)!.everyMinutes,
    )
    expect(minutes).toEqual([...minutes].sort((a, b) => a - b))
  })

  it('is not known without a severity or without any time', () => {
    expect(nextUpdate({ severity: null, since: at('12:00'), lastUpdateAt: null }, severities, now)).toBeNull()
    expect(nextUpdate({ severity: 'SEV-1', since: null, lastUpdateAt: null }, severities, now)).toBeNull()
  })

  it('has a template with what is known filled in', () => {
    const text = updateTemplate(
      {
        severity: 'SEV-1',
        startedAt: at('11:30'),
        mitigatedAt: null,
        services: [{ name: 'checkout' }, { name: 'cart' }],
        impactNote: 'Paying fails.',
      },
      { now, everyMinutes: 15, nextAt: '12:25 UTC' },
    )
    expect(text).toContain('checkout, cart affected for 40 min (SEV-1)')
    expect(text).toContain('Paying fails.')
    expect(text).toContain('by 12:25 UTC, in 15 min')
  })
})

describe('the five moments side by side', () => {
  it('say how long it took from the last known one, and nothing where that is not known', () => {
    const steps = stepsOf({
      startedAt: null,
      detectedAt: at('12:00'),
      acknowledgedAt: null,
      mitigatedAt: at('12:10'),
      resolvedAt: at('13:00'),
    })
    expect(steps.map(({ since, milliseconds }) => [since, milliseconds])).toEqual([
      [null, null],
      [null, null],
      [null, null],
      ['detectedAt', 600_000],
      ['mitigatedAt', 3_000_000],
    ])
  })
})

describe('a turn', () => {
  const turn = { role: 'scribe', personId: 'ada', from: at('10:00'), until: at('11:00') }
  const wanted = (from: string, until: string | null) =>
    turnInTheWay([turn], { role: 'scribe', personId: 'bo', from: at(from), until: until && at(until) })

  it('may begin when another ends, and end when another begins', () => {
    expect(wanted('11:00', null)).toBeNull()
    expect(wanted('09:00', '10:00')).toBeNull()
    expect(wanted('10:59', null)).toBe(turn)
    expect(wanted('09:00', '10:01')).toBe(turn)
  })
})

describe('the roles of the organisation', () => {
  it('are the five, and each activity has exactly one who answers for it', () => {
    const { roles, activities } = readRoles()
    expect(roles).toHaveLength(5)
    for (const { who } of activities) expect(Object.values(who).filter(one => one.startsWith('A'))).toHaveLength(1)
  })
})
