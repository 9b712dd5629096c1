/** Whatever a source sends is read without an error, and into something that can be stored. */
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { isStorable } from '#app/identity/fields.ts'
import { factsOf, mergeObservations } from '#app/incidents/hooks/observation.ts'
import { readDelivery } from '#app/incidents/hooks/read-delivery.ts'
import { SOURCE_KINDS, type SourceKind } from '#app/incidents/hooks/source-kinds.ts'
import { pagerDutyEvent } from './hook-room.ts'
import { NOW } from './room.ts'

const name = 'public_incident.incident_status_updated_v2'

const PAYLOADS: Record<SourceKind, object> = {
  pagerduty: pagerDutyEvent('triggered', 5),
  'standard-webhooks': {
    event_type: name,
    [name]: {
      message: 'It is looked into.',
      incident: {
        id: '01',
        name: 'Search finds nothing',
        mode: 'standard',
        severity: { name: 'Major' },
        incident_status: { category: 'live' },
        permalink: 'https://app.incident.test/1',
        incident_timestamp_values: [{ incident_timestamp: { name: 'Fixed at' }, value: { value: NOW } }],
        custom_field_entries: [{ custom_field: { name: 'Services' }, values: [{ value_option: { value: 'Search' } }] }],
        updated_at: NOW,
      },
    },
  },
  statuspage: {
    incident: {
      id: 'z',
      name: 'Images load slowly',
      status: 'monitoring',
      impact: 'minor',
      created_at: NOW,
      updated_at: NOW,
      components: [{ name: 'Images' }],
      incident_updates: [{ id: 'u', status: 'monitoring', body: 'Watching.', display_at: NOW }],
    },
  },
  alertmanager: {
    status: 'firing',
    groupKey: '{}',
    commonLabels: { alertname: 'QueueGrows', severity: 'warning' },
    alerts: [{ status: 'resolved', startsAt: NOW, endsAt: NOW, fingerprint: 'a', labels: { service: 'Mail' } }],
  },
  github: {
    deployment_status: { state: 'success', environment: 'production', created_at: NOW },
    deployment: { id: 1 },
    repository: { name: 'cart', full_name: 'merrowgate/cart' },
  },
}

const anything = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom(
    '',
    '\0',
    '\ud800',
    'x'.repeat(5_000),
    '0001-01-01T00:00:00Z',
    '9999-99-99',
    1e300,
    -0,
    [[]],
    '__proto__',
  ),
)

/** The payload with something else at one place, chosen by walking down by these numbers. */
function spoilt(value: unknown, walk: number[], other: unknown): unknown {
  if (typeof value !== 'object' || value === null || walk.length === 0) return other
  const entries = Object.entries(value)
  if (entries.length === 0) return other
  const [step, ...rest] = walk as [number, ...number[]]
  const at = step % entries.length
  const changed = entries.map(([key, one], i) => [key, i === at ? spoilt(one, rest, other) : one] as const)
  return Array.isArray(value) ? changed.map(([, one]) => one) : Object.fromEntries(changed)
}

/** Every text within a value, names included. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => [key, ...texts(one)])
}

describe('A delivery', () => {
  test.each(SOURCE_KINDS)('of %s is read', kind => {
    const { content } = readDelivery(kind, PAYLOADS[kind], { headers: {}, receivedAt: NOW })
    expect(content.kind).toBe(kind === 'github' ? 'deployment' : 'incident')
  })

  test.each(SOURCE_KINDS)('of %s may hold anything anywhere', kind => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(20), { maxLength: 6 }),
        anything,
        fc.dictionary(
          fc.constantFrom('webhook-id', 'webhook-timestamp', 'x-github-event', 'x-github-delivery'),
          fc.string(),
        ),
        (walk, other, headers) => {
          const reading = readDelivery(kind, spoilt(PAYLOADS[kind], walk, other), { headers, receivedAt: NOW })
          for (const text of texts(reading)) {
            expect(isStorable(text)).toBe(true)
            expect(text.length).toBeLessThanOrEqual(20_000)
          }
          if (reading.content.kind !== 'incident') return
          const { observation, id } = reading.content.incident
          expect(id).not.toBe('')
          expect((factsOf(mergeObservations(observation, observation)).title ?? '').length).toBeLessThanOrEqual(300)
        },
      ),
      { numRuns: 600 },
    )
  })

  it('of any kind may be any JSON at all', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SOURCE_KINDS), fc.jsonValue(), (kind, payload) => {
        expect(readDelivery(kind, payload, { headers: {}, receivedAt: NOW }).content.kind).toBe('ignored')
      }),
    )
  })
})
