/** The form of an incident: what was typed becomes what is recorded, and each complaint stands beside its field. */
import { describe, expect, it } from 'vitest'
import { fieldsOfIncident, incidentChangeIn, newIncidentIn } from '#app/incidents/incident-form.server.ts'
import type { IncidentFacts } from '#app/incidents/incidents.server.ts'
import { AppError } from '#app/platform/errors.ts'

const ZONE = 'Europe/Berlin'

const facts: IncidentFacts = {
  id: 'i',
  key: 'INC-1',
  title: 'Slow',
  summary: 'It is slow.',
  severity: 'SEV-2',
  startedAt: '2026-03-04T09:00:37.123Z',
  detectedAt: '2026-03-04T09:10:00.000Z',
  acknowledgedAt: null,
  mitigatedAt: null,
  resolvedAt: null,
  detectedBy: null,
  customerImpact: null,
  impactNote: '',
  services: [
    { id: 's2', slug: 'search', name: 'search' },
    { id: 's1', slug: 'pay', name: 'pay' },
  ],
  family: null,
  commanderId: null,
  externalId: null,
  sourceUrl: null,
  flags: ['detected_by: "the cat" is none of them'],
  createdAt: '2026-03-04T09:12:00.000Z',
  updatedAt: '2026-03-04T09:12:00.000Z',
}

/** The form as a browser sends it when nothing was touched, with some fields typed over. */
function formOf(typed: Record<string, string | string[]> = {}, of: IncidentFacts | null = facts): FormData {
  const form = new FormData()
  const { isOver, ...fields } = fieldsOfIncident(of, ZONE)
  const all: Record<string, string | string[]> = { ...fields, ...(isOver ? { isOver: 'yes' } : {}), ...typed }
  for (const [name, value] of Object.entries(all)) for (const one of [value].flat()) form.append(name, one)
  return form
}

function complaints(read: () => unknown): [string, string][] {
  try {
    read()
  } catch (error) {
    if (error instanceof AppError) return error.errors.map(({ path, message }) => [path, message])
  }
  return []
}

describe('the form of an incident', () => {
  it('left as it was leaves moments to the millisecond, services in their order and what a flag says', () => {
    const change = incidentChangeIn(formOf(), ZONE, facts)
    expect(change).toMatchObject({ title: 'Slow', severity: 'SEV-2' })
    for (const field of ['startedAt', 'detectedAt', 'resolvedAt', 'services', 'isOver', 'severityReason'])
      expect(change).not.toHaveProperty(field)
    expect(change.detectedBy).toBeUndefined()
  })

  it('takes times as the reader’s clock shows them, and those with a zone of their own', () => {
    expect(incidentChangeIn(formOf({ resolvedAt: '2026-03-04T12:00' }), ZONE, facts)).toMatchObject({
      resolvedAt: '2026-03-04T11:00:00.000Z',
    })
    expect(newIncidentIn(formOf({ title: 'New', startedAt: '2026-03-04T12:00Z' }, null), ZONE)).toMatchObject({
      startedAt: '2026-03-04T12:00:00.000Z',
    })
  })

  it('says beside the moment that it cannot be read, or which one it precedes', () => {
    expect(complaints(() => incidentChangeIn(formOf({ mitigatedAt: 'noon' }), ZONE, facts))).toEqual([
      ['mitigatedAt', 'Mitigated: write a day and a time, as 2026-03-04 13:05.'],
    ])
    expect(complaints(() => incidentChangeIn(formOf({ acknowledgedAt: '2026-03-04T10:05' }), ZONE, facts))).toEqual([
      ['acknowledgedAt', 'Acknowledged is before detected.'],
    ])
  })

  it('asks why when the severity changes, and only then', () => {
    expect(complaints(() => incidentChangeIn(formOf({ severity: 'SEV-1' }), ZONE, facts))).toMatchObject([
      ['severityReason', expect.stringContaining('Say why')],
    ])
    const change = incidentChangeIn(formOf({ severity: 'SEV-1', severityReason: 'Nobody can pay.' }), ZONE, facts)
    expect(change).toMatchObject({ severity: 'SEV-1', severityReason: 'Nobody can pay.' })
  })

  it('knows an incident that is over at a time that nobody knows', () => {
    expect(incidentChangeIn(formOf({ isOver: 'yes' }), ZONE, facts)).toMatchObject({ isOver: true })
    const both = formOf({ isOver: 'yes', resolvedAt: '2026-03-04T12:00' })
    expect(complaints(() => incidentChangeIn(both, ZONE, facts))).toMatchObject([['isOver', expect.any(String)]])
    const over = { ...facts, flags: ['resolved_at: it is over, and nobody knows since when'] }
    expect(fieldsOfIncident(over, ZONE).isOver).toBe(true)
    expect(incidentChangeIn(formOf({}, over), ZONE, over)).not.toHaveProperty('resolvedAt')
    const reopened = formOf({}, over)
    reopened.delete('isOver')
    expect(incidentChangeIn(reopened, ZONE, over)).toMatchObject({ resolvedAt: null })
  })

  it('names every field that needs another look at once', () => {
    const typed = { title: ' ', sourceUrl: 'javascript:alert(1)', severity: 'SEV-9', startedAt: '2026-02-30T10:00' }
    expect(
      complaints(() => newIncidentIn(formOf(typed, null), ZONE))
        .map(([path]) => path)
        .sort(),
    ).toEqual(['severity', 'sourceUrl', 'startedAt', 'title'])
  })
})
