import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { changeIncident } from '#app/incidents/change-incident.server.ts'
import { addSecret, removeSecret } from '#app/incidents/hooks/add-secret.server.ts'
import { getDelivery, getSource, listSources } from '#app/incidents/hooks/list-sources.server.ts'
import { readDelivery } from '#app/incidents/hooks/read-delivery.ts'
import { receiveDelivery } from '#app/incidents/hooks/receive-delivery.server.ts'
import { replayDelivery } from '#app/incidents/hooks/replay-delivery.server.ts'
import { addSource, changeSource, pauseSource } from '#app/incidents/hooks/save-source.server.ts'
import { incidentRecord } from '#app/incidents/incident-record.server.ts'
import { listIncidents } from '#app/incidents/incidents.server.ts'
import { subscribe } from '#app/platform/events.ts'
import type { Db } from '#db/index.server.ts'
import { onBothDatabases } from '#test/support/databases.ts'
import { administrator, deliveriesOf, pagerDutyEvent, proof, SECRET, sourceOf } from './hook-room.ts'
import { actorOf, clock, NOW } from './room.ts'

const PAGE = { offset: 0, limit: 50 }
const DAY_MS = 86_400_000

async function incidents(db: Db) {
  return (await listIncidents(db, {}, PAGE)).items
}

function permutations<T>(list: T[]): T[][] {
  return list.length < 2
    ? [list]
    : list.flatMap((one, i) => permutations(list.toSpliced(i, 1)).map(rest => [one, ...rest]))
}

onBothDatabases('Deliveries of PagerDuty', database => {
  it('record an incident with what is known, and nothing that is not', async () => {
    const db = await database.fresh()
    const { deliver, slug } = await sourceOf(db, 'pagerduty', 'Pager of Merrowgate')
    expect(await deliver(pagerDutyEvent('triggered', 5))).toEqual({ kind: 'taken', outcome: 'created' })
    expect(await incidents(db)).toMatchObject([
      {
        key: 'INC-1',
        title: 'Carts are slow',
        severity: 'SEV-2',
        startedAt: null,
        detectedAt: '2026-03-04T11:05:00.000Z',
        resolvedAt: null,
        services: [{ slug: 'cart-api', name: 'Cart API' }],
        externalId: `${slug}:QINVENTED`,
        sourceUrl: 'https://merrowgate.pagerduty.test/incidents/QINVENTED',
        flags: [],
      },
    ])
    expect(await deliveriesOf(db)).toMatchObject([
      {
        once: 'EV-triggered-5',
        event_type: 'incident.triggered',
        event_at: '2026-03-04T11:05:00.000Z',
        outcome: 'created',
        note: 'Recorded INC-1. New services: Cart API.',
      },
    ])
  })

  it('come to the same in every order', async () => {
    const events = [
      pagerDutyEvent('triggered', 5),
      pagerDutyEvent('acknowledged', 8),
      pagerDutyEvent('priority_updated', 20, { priority: { summary: 'P1' }, title: 'Carts do not open' }),
      pagerDutyEvent('resolved', 40, { priority: { summary: 'P1' }, title: 'Carts do not open' }),
    ]
    const db = await database.fresh()
    const orders = permutations(events)
    for (const [place, order] of orders.entries()) {
      const { deliver } = await sourceOf(db, 'pagerduty', `Pager ${place}`)
      for (const event of order) await deliver(event)
    }
    const all = await incidents(db)
    expect(all.length).toBe(orders.length)
    for (const one of all)
      expect(one).toMatchObject({
        title: 'Carts do not open',
        severity: 'SEV-1',
        detectedAt: '2026-03-04T11:05:00.000Z',
        acknowledgedAt: '2026-03-04T11:08:00.000Z',
        resolvedAt: '2026-03-04T11:40:00.000Z',
        flags: [],
      })
  })

  it('that come again are answered, noted and not done again', async () => {
    const db = await database.fresh()
    const { deliver } = await sourceOf(db, 'pagerduty')
    await deliver(pagerDutyEvent('triggered', 5))
    await deliver(pagerDutyEvent('resolved', 40))
    expect(await deliver(pagerDutyEvent('triggered', 5))).toEqual({ kind: 'taken', outcome: 'repeat' })
    const [first, , repeat] = await deliveriesOf(db)
    expect(repeat).toMatchObject({ outcome: 'repeat', once: null, body: null, incident_id: first!.incident_id })
    expect(await incidents(db)).toMatchObject([{ resolvedAt: '2026-03-04T11:40:00.000Z' }])
  })

  it('that come twice at once are done once', async () => {
    const db = await database.fresh()
    const { deliver } = await sourceOf(db, 'pagerduty')
    const outcomes = await Promise.all([1, 2, 3].map(() => deliver(pagerDutyEvent('triggered', 5))))
    expect(outcomes.map(one => (one.kind === 'taken' ? one.outcome : one.kind)).sort()).toEqual([
      'created',
      'repeat',
      'repeat',
    ])
  })

  it('of an unknown type are taken and set aside', async () => {
    const db = await database.fresh()
    const { deliver } = await sourceOf(db, 'pagerduty')
    for (const payload of [
      pagerDutyEvent('invented', 5),
      { event: { event_type: 'service.updated' } },
      [],
      null,
      'text',
    ])
      expect(await deliver(payload)).toEqual({ kind: 'taken', outcome: 'ignored' })
    expect(await incidents(db)).toEqual([])
    expect((await deliveriesOf(db)).every(row => row.note !== '')).toBe(true)
  })

  it('with ids beyond 2^53 keep every digit', async () => {
    const db = await database.fresh()
    const { deliver, slug } = await sourceOf(db, 'pagerduty')
    for (const digits of ['9007199254740993', '9007199254740992']) {
      const text = JSON.stringify(pagerDutyEvent('triggered', 5, { id: 'THE-ID' }, `event-${digits}`))
      await deliver(Buffer.from(text.replace('"THE-ID"', digits)))
    }
    expect((await incidents(db)).map(one => one.externalId).sort()).toEqual([
      `${slug}:9007199254740992`,
      `${slug}:9007199254740993`,
    ])
  })

  it('bring notes and status updates onto the record once', async () => {
    const db = await database.fresh()
    const { deliver } = await sourceOf(db, 'pagerduty', 'Pager')
    const note = (id: string) => ({
      event: {
        id,
        event_type: 'incident.annotated',
        occurred_at: '2026-03-04T11:12:00.000Z',
        data: { id: 'NOTE1', incident: { id: 'QINVENTED', summary: 'Carts are slow' }, content: 'A replica lags.' },
      },
    })
    await deliver(note('one'))
    await deliver(pagerDutyEvent('triggered', 5))
    await deliver(note('other'))
    const record = await incidentRecord(db, 'INC-1')
    expect(record!.updates).toMatchObject([
      { at: '2026-03-04T11:12:00.000Z', text: 'A replica lags.', authorName: 'Pager', personId: null },
    ])
    expect(record!.facts).toMatchObject({ title: 'Carts are slow', detectedAt: '2026-03-04T11:05:00.000Z' })
  })

  it('leave what people here have changed', async () => {
    const db = await database.fresh()
    const { deliver } = await sourceOf(db, 'pagerduty')
    await deliver(pagerDutyEvent('triggered', 5))
    const change = { title: 'Checkout waits for carts', severity: 'SEV-3', startedAt: '2026-03-04T10:50:00Z' }
    await changeIncident({ db, clock, actor: actorOf('member') }, { key: 'INC-1', change })
    await deliver(pagerDutyEvent('resolved', 40, { title: 'Carts', priority: { summary: 'P1' } }))
    expect(await incidents(db)).toMatchObject([
      {
        title: 'Checkout waits for carts',
        severity: 'SEV-3',
        startedAt: '2026-03-04T10:50:00.000Z',
        resolvedAt: '2026-03-04T11:40:00.000Z',
      },
    ])
    expect((await deliveriesOf(db)).at(-1)!.note).toContain('Left as people here have it: title, severity')
  })

  it('are stored whole or not at all', async () => {
    const db = await database.fresh()
    const { deliver } = await sourceOf(db, 'pagerduty')
    let isFailing = true
    subscribe('incidents.saved', async () => {
      if (isFailing) throw new Error('whoever listens fails')
    })
    await expect(deliver(pagerDutyEvent('triggered', 5))).rejects.toThrow('whoever listens fails')
    expect(await incidents(db)).toEqual([])
    expect(await deliveriesOf(db)).toEqual([])
    isFailing = false
    expect(await deliver(pagerDutyEvent('triggered', 5))).toEqual({ kind: 'taken', outcome: 'created' })
  })
})

onBothDatabases('Whoever delivers', database => {
  it('has to be known, and is told nothing else', async () => {
    const db = await database.fresh()
    const { deliver, slug } = await sourceOf(db, 'pagerduty')
    const payload = pagerDutyEvent('triggered', 5)
    expect(await deliver(payload, { secret: 'another secret' })).toEqual({ kind: 'unproven' })
    const body = Buffer.from(JSON.stringify(payload))
    const unsigned = { body, headers: {}, query: new URLSearchParams() }
    expect(await receiveDelivery({ db, clock }, { ...unsigned, slug })).toEqual({ kind: 'unproven' })
    expect(await receiveDelivery({ db, clock }, { ...unsigned, slug: 'nobody' })).toEqual({ kind: 'unknown' })
    expect(await deliveriesOf(db)).toEqual([])
    expect(await getSource({ db, actor: administrator }, slug, PAGE)).toMatchObject({ refusedAt: NOW })
  })

  it('may send what is no JSON, which is refused and kept for whoever looks into it', async () => {
    const db = await database.fresh()
    const { deliver } = await sourceOf(db, 'alertmanager')
    for (const bytes of ['{', '', '{"a": \u0000}'])
      expect(await deliver(Buffer.from(bytes))).toEqual({ kind: 'unreadable' })
    expect(await deliver(Buffer.from([0x22, 0xff, 0x22]))).toEqual({ kind: 'unreadable' })
    expect((await deliveriesOf(db)).map(row => row.outcome)).toEqual(['refused', 'refused', 'refused', 'refused'])
  })

  it('may use any of the secrets, until one is taken away', async () => {
    const db = await database.fresh()
    const { deliver, slug } = await sourceOf(db, 'pagerduty')
    const context = { db, clock, actor: administrator }
    const other = 'the secret that comes next'.replaceAll(' ', '-')
    expect(await addSecret(context, { slug, secret: other })).toBeNull()
    expect(await deliver(pagerDutyEvent('triggered', 5), { secret: other })).toMatchObject({ kind: 'taken' })
    expect(await deliver(pagerDutyEvent('acknowledged', 6))).toMatchObject({ kind: 'taken' })
    const { secrets } = await getSource(context, slug, PAGE)
    expect(secrets.map(secret => secret.lastUsedOn)).toEqual(['2026-03-04', '2026-03-04'])
    await removeSecret(context, { slug, id: secrets[0]!.id })
    expect(await deliver(pagerDutyEvent('resolved', 9))).toEqual({ kind: 'unproven' })
    await expect(removeSecret(context, { slug, id: secrets[1]!.id })).rejects.toMatchObject({ status: 400 })
  })

  it('is not heard while the source is paused', async () => {
    const db = await database.fresh()
    const { deliver, slug } = await sourceOf(db, 'pagerduty')
    const context = { db, clock, actor: administrator }
    await pauseSource(context, { slug, isPaused: true })
    expect(await deliver(pagerDutyEvent('triggered', 5))).toEqual({ kind: 'unknown' })
    await pauseSource(context, { slug, isPaused: false })
    expect(await deliver(pagerDutyEvent('triggered', 5))).toMatchObject({ kind: 'taken' })
  })
})

onBothDatabases('Deliveries of incident.io', database => {
  const event = (type: string, minute: number, incident: Record<string, unknown> = {}, more: object = {}) => {
    const name = `public_incident.incident_${type}_v2`
    const facts = {
      id: '01INVENTED',
      name: 'Search finds nothing',
      permalink: 'https://app.incident.test/incidents/7',
      mode: 'standard',
      incident_status: { name: 'Investigating', category: 'live' },
      severity: { name: 'Major' },
      incident_timestamp_values: [
        { incident_timestamp: { name: 'Impact started at' }, value: { value: '2026-03-04T10:58:00Z' } },
        { incident_timestamp: { name: 'Fixed at' } },
      ],
      updated_at: `2026-03-04T11:${minute}:00Z`,
      ...incident,
    }
    return { event_type: name, [name]: type === 'status_updated' ? { incident: facts, ...more } : facts }
  }
  const closed = { incident_status: { name: 'Closed', category: 'closed' } }

  it('are reconciled by the time at which the incident was so', async () => {
    const db = await database.fresh()
    const { deliver } = await sourceOf(db, 'standard-webhooks')
    await deliver(event('status_updated', 45, closed, { message: 'The index is whole again.' }), { id: 'b' })
    expect(await deliver(event('created', 10), { id: 'a' })).toEqual({ kind: 'taken', outcome: 'unchanged' })
    expect(await deliver(event('created', 10), { id: 'a' })).toEqual({ kind: 'taken', outcome: 'repeat' })
    expect(await incidents(db)).toMatchObject([
      {
        title: 'Search finds nothing',
        severity: 'SEV-2',
        startedAt: '2026-03-04T10:58:00.000Z',
        mitigatedAt: null,
        resolvedAt: '2026-03-04T11:45:00.000Z',
      },
    ])
    expect((await incidentRecord(db, 'INC-1'))!.updates).toMatchObject([{ text: 'The index is whole again.' }])
  })

  it('of private incidents, drills and what is none are set aside', async () => {
    const db = await database.fresh()
    const { deliver } = await sourceOf(db, 'standard-webhooks')
    const type = 'private_incident.incident_created_v2'
    const asides = [
      { event_type: type, [type]: { id: '01PRIVATE' } },
      event('created', 10, { mode: 'test' }),
      event('created', 10, { incident_status: { category: 'declined' } }),
      { type: 'invoice.paid', data: { id: 'x' } },
    ]
    for (const [index, payload] of asides.entries())
      expect(await deliver(payload, { id: `m${index}` })).toEqual({ kind: 'taken', outcome: 'ignored' })
    expect(await incidents(db)).toEqual([])
  })
})

onBothDatabases('Deliveries of Statuspage', database => {
  const incident = (status: string, minute: number, more: object = {}) => ({
    meta: { generated_at: `2026-03-04T11:${minute}:01Z` },
    page: { id: 'p' },
    incident: {
      id: 'z1invented',
      name: 'Images load slowly',
      status,
      impact: 'minor',
      created_at: '2026-03-04T11:10:00Z',
      updated_at: `2026-03-04T11:${minute}:00Z`,
      resolved_at: status === 'resolved' ? `2026-03-04T11:${minute}:00Z` : null,
      monitoring_at: null,
      shortlink: 'https://stspg.test/1',
      components: [{ name: 'Image store' }],
      incident_updates: [
        { id: 'u1', status: 'investigating', body: 'We are looking.', display_at: '2026-03-04T11:10:00Z' },
        ...(minute > 10
          ? [{ id: 'u2', status: 'monitoring', body: 'It is fast again.', display_at: '2026-03-04T11:20:00Z' }]
          : []),
      ],
      ...more,
    },
  })

  it('bring the incident with what was told on the page', async () => {
    const db = await database.fresh()
    const { deliver } = await sourceOf(db, 'statuspage', 'Status page')
    await deliver(incident('resolved', 30))
    expect(await deliver(incident('investigating', 10))).toEqual({ kind: 'taken', outcome: 'unchanged' })
    const record = await incidentRecord(db, 'INC-1')
    expect(record!.facts).toMatchObject({
      severity: 'SEV-3',
      customerImpact: true,
      startedAt: '2026-03-04T11:10:00.000Z',
      detectedAt: null,
      mitigatedAt: '2026-03-04T11:20:00.000Z',
      resolvedAt: '2026-03-04T11:30:00.000Z',
      services: [{ name: 'Image store' }],
    })
    expect(record!.updates.map(update => update.text)).toEqual(['We are looking.', 'It is fast again.'])
  })

  it('name no service where the table says that it is none', async () => {
    const db = await database.fresh()
    const { deliver, slug } = await sourceOf(db, 'statuspage', 'Status')
    const tables = { severities: '', services: 'read our blog = -\nimage store = Images', environments: '' }
    await changeSource({ db, clock, actor: administrator }, { slug, name: 'Status', ...tables })
    await deliver(incident('investigating', 10, { components: [{ name: 'Image store' }, { name: 'Read our blog' }] }))
    expect(await incidents(db)).toMatchObject([{ severity: null, services: [{ name: 'Images' }] }])
  })

  it('keep the latest wording of what was told', async () => {
    const db = await database.fresh()
    const { deliver } = await sourceOf(db, 'statuspage')
    const told = (body: string) => [{ id: 'u1', status: 'investigating', body, display_at: '2026-03-04T11:10:00Z' }]
    await deliver(incident('identified', 20, { incident_updates: told('We look into it.') }))
    await deliver(incident('investigating', 10, { incident_updates: told('We lok into it.') }))
    expect((await incidentRecord(db, 'INC-1'))!.updates).toMatchObject([{ text: 'We look into it.' }])
  })

  it('of planned work and of components are set aside', async () => {
    const db = await database.fresh()
    const { deliver } = await sourceOf(db, 'statuspage')
    const planned = incident('scheduled', 10, { scheduled_for: '2026-03-05T11:00:00Z', impact: 'maintenance' })
    for (const payload of [planned, { component_update: { new_status: 'operational' }, component: { name: 'x' } }])
      expect(await deliver(payload)).toEqual({ kind: 'taken', outcome: 'ignored' })
  })
})

onBothDatabases('Deliveries of Alertmanager', database => {
  const alert = (name: string, from: number, until: number | null) => ({
    status: until === null ? 'firing' : 'resolved',
    labels: { alertname: 'QueueGrows', severity: 'warning', service: 'Mail queue', instance: name },
    annotations: {},
    startsAt: `2026-03-04T11:${String(from).padStart(2, '0')}:00.123456789Z`,
    endsAt: until === null ? '0001-01-01T00:00:00Z' : `2026-03-04T11:${until}:00Z`,
    generatorURL: 'http://prometheus.merrowgate.test/graph',
    fingerprint: name,
  })
  const group = (alerts: ReturnType<typeof alert>[], groupKey = '{}:{alertname="QueueGrows"}') => ({
    version: '4',
    groupKey,
    status: alerts.some(one => one.status === 'firing') ? 'firing' : 'resolved',
    commonLabels: { alertname: 'QueueGrows', severity: 'warning' },
    commonAnnotations: { summary: 'The mail queue grows' },
    externalURL: 'http://alerts.merrowgate.test',
    alerts,
  })

  it('make one incident of a group, which ends with its last alert', async () => {
    const db = await database.fresh()
    const { deliver } = await sourceOf(db, 'alertmanager')
    await deliver(group([alert('a', 5, null), alert('b', 7, null)]))
    expect(await incidents(db)).toMatchObject([
      {
        title: 'The mail queue grows',
        severity: 'SEV-3',
        detectedBy: 'monitoring',
        startedAt: null,
        detectedAt: '2026-03-04T11:05:00.123Z',
        resolvedAt: null,
        services: [{ name: 'Mail queue' }],
        sourceUrl: 'http://prometheus.merrowgate.test/graph',
      },
    ])
    expect(await deliver(group([alert('a', 5, 20), alert('b', 7, null)]))).toEqual({
      kind: 'taken',
      outcome: 'unchanged',
    })
    await deliver(group([alert('b', 7, 31)]))
    // A late one about the beginning changes nothing.
    expect(await deliver(group([alert('a', 5, null)]))).toEqual({ kind: 'taken', outcome: 'unchanged' })
    expect(await incidents(db)).toMatchObject([{ key: 'INC-1', resolvedAt: '2026-03-04T11:31:00.000Z' }])
  })

  it('come to the same in every order', async () => {
    const db = await database.fresh()
    const { deliver } = await sourceOf(db, 'alertmanager')
    const course = [
      [alert('a', 5, null)],
      [alert('a', 5, null), alert('b', 7, null)],
      [alert('a', 5, 20), alert('b', 7, null)],
      [alert('b', 7, 31)],
    ]
    const orders = permutations(course)
    for (const [place, order] of orders.entries())
      for (const alerts of order) await deliver(group(alerts, `group ${place}`))
    const all = await incidents(db)
    expect(all.length).toBe(orders.length)
    for (const one of all)
      expect(one).toMatchObject({ detectedAt: '2026-03-04T11:05:00.123Z', resolvedAt: '2026-03-04T11:31:00.000Z' })
  })

  it('make another incident when the group comes back, and of another group', async () => {
    const db = await database.fresh()
    const { deliver } = await sourceOf(db, 'alertmanager')
    await deliver(group([alert('a', 5, null)]))
    await deliver(group([alert('a', 5, 20)]))
    await deliver(group([alert('a', 40, null)]))
    await deliver(group([alert('a', 41, null)], 'another group'))
    expect((await incidents(db)).map(({ key, resolvedAt }) => [key, resolvedAt]).sort()).toEqual([
      ['INC-1', '2026-03-04T11:20:00.000Z'],
      ['INC-2', null],
      ['INC-3', null],
    ])
  })
})

onBothDatabases('Deliveries of GitHub', database => {
  const status = (state: string, deployment: number, environment = 'production') => ({
    deployment_status: { id: 1, state, environment, created_at: '2026-03-04T11:05:00Z' },
    deployment: { id: deployment, environment },
    repository: { name: 'cart-api', full_name: 'merrowgate/cart-api' },
  })
  const counted = (db: Db) =>
    db
      .selectFrom('deployments')
      .innerJoin('services', 'services.id', 'deployments.service_id')
      .select(['deployed_at', 'services.name', 'count'])
      .execute()

  it('count each deployment that succeeded once', async () => {
    const db = await database.fresh()
    const { deliver } = await sourceOf(db, 'github')
    const outcomes = []
    for (const [id, payload] of [
      status('pending', 1),
      status('success', 1),
      status('success', 1),
      status('success', 2),
    ].entries())
      outcomes.push(await deliver(payload, { id: `d${id}` }))
    outcomes.push(await deliver(status('success', 3, 'staging'), { id: 'd9' }))
    outcomes.push(await deliver(status('success', 1), { id: 'd1' }))
    expect(outcomes.map(one => one.kind === 'taken' && one.outcome)).toEqual([
      'ignored',
      'counted',
      'unchanged',
      'counted',
      'ignored',
      'repeat',
    ])
    expect(await counted(db)).toEqual([{ deployed_at: '2026-03-04T11:05:00.000Z', name: 'cart-api', count: 2 }])
  })

  it('count for the service that the source’s table names', async () => {
    const db = await database.fresh()
    const { deliver, slug } = await sourceOf(db, 'github', 'GitHub')
    await changeSource(
      { db, clock, actor: administrator },
      { slug, name: 'GitHub', severities: '', services: 'Merrowgate/Cart-API = Carts', environments: '' },
    )
    await deliver(status('success', 1, 'anywhere'))
    expect(await counted(db)).toMatchObject([{ name: 'Carts' }])
  })
})

onBothDatabases('An administrator', database => {
  const context = (db: Db) => ({ db, clock, actor: administrator })

  it('replays a delivery after the tables have changed; it counts once', async () => {
    const db = await database.fresh()
    const { deliver, slug } = await sourceOf(db, 'pagerduty', 'Pager')
    await deliver(pagerDutyEvent('triggered', 5, { priority: { summary: 'Urgent' } }))
    const [delivery] = await deliveriesOf(db)
    expect(delivery!.note).toContain('“Urgent” stands for no severity here.')
    const tables = { severities: 'urgent = sev1', services: 'cart api = Carts', environments: '' }
    await changeSource(context(db), { slug, name: 'Pager', ...tables })
    expect(await replayDelivery(context(db), { slug, id: delivery!.id })).toEqual({ outcome: 'updated' })
    expect(await replayDelivery(context(db), { slug, id: delivery!.id })).toEqual({ outcome: 'unchanged' })
    expect(await incidents(db)).toMatchObject([{ severity: 'SEV-1', services: [{ name: 'Carts' }] }])
    expect(await getDelivery(context(db), slug, delivery!.id)).toMatchObject({
      replayedAt: NOW,
      incident: { key: 'INC-1' },
    })
  })

  it('reads bodies for 90 days; then newer deliveries delete them', async () => {
    const db = await database.fresh()
    const { deliver, slug } = await sourceOf(db, 'pagerduty')
    await deliver(pagerDutyEvent('triggered', 5))
    const { id } = (await deliveriesOf(db))[0]!
    const read = async () => (await getDelivery(context(db), slug, id)).body
    const later = (days: number) => ({ now: () => clock.now() + days * DAY_MS })
    await deliver(pagerDutyEvent('acknowledged', 6), { at: later(90) })
    expect(Buffer.from((await read())!).toString()).toBe(JSON.stringify(pagerDutyEvent('triggered', 5)))
    await deliver(pagerDutyEvent('resolved', 7), { at: later(91) })
    expect(await read()).toBeNull()
    await expect(replayDelivery(context(db), { slug, id })).rejects.toMatchObject({ status: 409 })
    expect(await deliver(pagerDutyEvent('triggered', 5))).toEqual({ kind: 'taken', outcome: 'repeat' })
  })

  it('sees a secret once, and it stands in no answer and no audit entry', async () => {
    const db = await database.fresh()
    const made = await addSource(context(db), { name: 'Alerts', kind: 'alertmanager', secret: '' })
    expect(made.slug).toBe('alerts')
    const body = Buffer.from('{"status": "firing", "alerts": []}')
    const given = { slug: 'alerts', body, ...proof('alertmanager', body, { secret: made.secret! }) }
    expect(await receiveDelivery({ db, clock }, given)).toMatchObject({ kind: 'taken' })
    await addSource(context(db), { name: 'Pager', kind: 'pagerduty', secret: SECRET })
    const seen = [
      await listSources(context(db)),
      await getSource(context(db), 'alerts', PAGE),
      await getSource(context(db), 'pager', PAGE),
      await db.selectFrom('audit_entries').selectAll().execute(),
    ]
    expect(JSON.stringify(seen)).not.toContain(made.secret)
    expect(JSON.stringify(seen)).not.toContain(SECRET)
    const kept = await db.selectFrom('hook_secrets').select('secret').execute()
    expect(kept.map(row => row.secret)).not.toContain(made.secret)
    expect(seen[3]).toMatchObject([{ act: 'source.created' }, { act: 'source.created' }])
  })

  it('is told beside the field what cannot be', async () => {
    const db = await database.fresh()
    const refusal = (given: object) =>
      addSource(context(db), { name: 'Pager', kind: 'pagerduty', secret: SECRET, ...given }).catch(
        error => error.errors,
      )
    expect(await refusal({ secret: '' })).toMatchObject([{ path: 'secret' }])
    expect(await refusal({ secret: 'short' })).toMatchObject([{ path: 'secret' }])
    expect(await refusal({ kind: 'pigeon' })).toMatchObject([{ path: 'kind' }])
    expect(await refusal({ name: ' ' })).toMatchObject([{ path: 'name' }])
    await refusal({})
    expect(await refusal({ name: 'PAGER' })).toMatchObject([{ path: 'name' }])
    const tables = { severities: 'p1 = huge\n\nnothing', services: 'a = b\nA = c', environments: '' }
    await expect(changeSource(context(db), { slug: 'pager', name: 'Pager', ...tables })).rejects.toMatchObject({
      errors: [
        { path: 'severities', message: 'Line 3: write it as theirs = ours.' },
        { path: 'severities', message: 'Line 1: write SEV-1 to SEV-4 after the = sign.' },
        { path: 'services', message: 'Line 2: “a” stands on line 1 already.' },
      ],
    })
  })

  it('reads every list in as many queries, however long it is', async () => {
    const db = await database.fresh()
    let queries = 0
    const counted = db.withPlugin({
      transformQuery({ node }) {
        queries++
        return node
      },
      transformResult: ({ result }) => Promise.resolve(result),
    }) as Db
    const count = async (read: () => Promise<unknown>) => {
      queries = 0
      await read()
      return queries
    }
    const { deliver, slug } = await sourceOf(db, 'pagerduty')
    for (let n = 0; n < 60; n++) await deliver(pagerDutyEvent('triggered', 5, { id: `Q${n}` }, `event-${n}`))
    await sourceOf(db, 'github', 'Another')
    const other = { db: counted, actor: administrator }
    expect(await count(() => listSources(other))).toBe(1)
    expect(await count(() => getSource(other, slug, PAGE))).toBe(4)
    const [first, second] = [
      await getSource(other, slug, PAGE),
      await getSource(other, slug, { offset: 50, limit: 50 }),
    ]
    expect([first.total, first.deliveries.length, second.deliveries.length]).toEqual([60, 50, 10])
    const ids = [...first.deliveries, ...second.deliveries].map(delivery => delivery.id)
    expect(new Set(ids).size).toBe(60)
    expect((await listSources(other)).map(source => source.lastOutcome)).toEqual([null, 'created'])
  })

  it('is the only one who sees or changes sources', async () => {
    const db = await database.fresh()
    const { slug, deliver } = await sourceOf(db, 'pagerduty')
    await deliver(pagerDutyEvent('triggered', 5))
    const { id } = (await deliveriesOf(db))[0]!
    for (const role of ['member', 'facilitator', 'editor'] as const) {
      const other = { db, clock, actor: actorOf(role) }
      for (const attempt of [
        () => listSources(other),
        () => getSource(other, slug, PAGE),
        () => getDelivery(other, slug, id),
        () => replayDelivery(other, { slug, id }),
        () => addSecret(other, { slug, secret: '' }),
        () => removeSecret(other, { slug, id: 'x' }),
        () => pauseSource(other, { slug, isPaused: true }),
        () => addSource(other, { name: 'x', kind: 'github', secret: '' }),
        () => changeSource(other, { slug, name: 'x', severities: '', services: '', environments: '' }),
      ])
        await expect(attempt()).rejects.toMatchObject({ status: 404 })
    }
  })
})

const SHARED = fileURLToPath(new URL('../../../shared/data/webhooks/', import.meta.url))

describe.skipIf(!existsSync(SHARED))('Real payloads (skipped where ../shared/data/webhooks is absent)', () => {
  onBothDatabases('', database => {
    const file = (name: string) => readFileSync(`${SHARED}${name}.json`)

    it('of PagerDuty', async () => {
      const db = await database.fresh()
      const { deliver } = await sourceOf(db, 'pagerduty')
      const outcomes: Record<string, unknown> = {}
      for (const name of ['triggered', 'acknowledged', 'resolved', 'priority_updated', 'unsupported'])
        outcomes[name] = await deliver(file(`pagerduty-v3-incident.${name}`))
      outcomes.legacy = await deliver(file('pagerduty-v2-legacy-incident.trigger'))
      expect(Object.entries(outcomes).map(([name, one]) => `${name} ${(one as { outcome: string }).outcome}`)).toEqual([
        'triggered created',
        'acknowledged created',
        'resolved created',
        'priority_updated created',
        'unsupported ignored',
        'legacy ignored',
      ])
      expect((await incidents(db)).map(one => one.severity).sort()).toEqual(['SEV-1', null, null, null])
      expect((await incidents(db)).filter(one => one.resolvedAt !== null)).toMatchObject([
        { resolvedAt: '2021-06-04T13:16:53.816Z' },
      ])
    })

    it('of incident.io', async () => {
      const db = await database.fresh()
      const { deliver } = await sourceOf(db, 'standard-webhooks')
      const publicOne = file('synthetic-incidentio-public_incident.incident_created_v2')
      expect(await deliver(publicOne, { id: 'a' })).toMatchObject({ outcome: 'created' })
      const privateOne = file('synthetic-incidentio-private_incident.incident_created_v2')
      expect(await deliver(privateOne, { id: 'b' })).toMatchObject({ outcome: 'ignored' })
      expect(await incidents(db)).toMatchObject([
        { title: 'Database is sad', severity: 'SEV-2', startedAt: '2026-05-07T09:48:00.000Z', resolvedAt: null },
      ])
    })

    it('of Statuspage, the end before the beginning', async () => {
      const db = await database.fresh()
      const { deliver } = await sourceOf(db, 'statuspage')
      expect(await deliver(file('statuspage-incident.resolved'))).toMatchObject({ outcome: 'created' })
      await deliver(file('statuspage-incident.created'))
      expect(await deliver(file('statuspage-component_update'))).toMatchObject({ outcome: 'ignored' })
      const resolved = (await incidents(db)).filter(one => one.title === 'Database query delays' && one.resolvedAt)
      expect(resolved).toMatchObject([{ resolvedAt: '2017-12-26T07:37:20.785Z' }])
    })

    it('of Alertmanager, which has no end yet', async () => {
      const db = await database.fresh()
      const { deliver } = await sourceOf(db, 'alertmanager')
      expect(await deliver(file('alertmanager-firing-group'))).toMatchObject({ outcome: 'created' })
      expect(await incidents(db)).toMatchObject([
        { title: 'High CPU core temperature', detectedAt: '2020-02-06T00:17:58.432Z', resolvedAt: null },
      ])
    })

    it('of GitHub', async () => {
      const db = await database.fresh()
      const { deliver } = await sourceOf(db, 'github')
      expect(await deliver(file('github-deployment_status-created'), { id: 'a' })).toMatchObject({ outcome: 'counted' })
      expect(await deliver(file('github-deployment-created'), { id: 'b' })).toMatchObject({ outcome: 'ignored' })
      expect(await deliver(file('github-deployment_review-requested'), { id: 'c' })).toMatchObject({
        outcome: 'ignored',
      })
    })

    it('at the wrong kind of source are set aside, whatever they are', () => {
      for (const name of [
        'grafana-oncall-alert_group-resolve',
        'opsgenie-create',
        'opsgenie-close',
        'alertmanager-firing-group',
      ])
        for (const kind of ['pagerduty', 'standard-webhooks', 'statuspage', 'github'] as const) {
          const payload = JSON.parse(file(name).toString())
          expect(readDelivery(kind, payload, { headers: {}, receivedAt: NOW }).content.kind).toBe('ignored')
        }
    })
  })
})
