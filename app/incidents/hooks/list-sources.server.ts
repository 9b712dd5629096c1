/** What administrators see of sources and their deliveries. Secrets are never among it. */
import { type Actor, demand } from '#app/identity/actor.ts'
import { notFound } from '#app/platform/errors.ts'
import type { Db } from '#db/index.server.ts'
import { incidentRowsByIds } from '../incident-queries.server.ts'
import {
  deliveryById,
  pageOfDeliveries,
  type SourceRow,
  secretsOf,
  sourceBySlug,
  sourcesWithLastDelivery,
} from './hook-queries.server.ts'
import type { Outcome } from './receive-delivery.server.ts'
import { KINDS, type SourceKind } from './source-kinds.ts'
import { type SourceTables, writeTables } from './source-tables.ts'

interface Context {
  db: Db
  actor: Actor
}

export async function listSources({ db, actor }: Context) {
  demand(actor, 'administer')
  const rows = await sourcesWithLastDelivery(db)
  return rows.map(({ kind, lastOutcome, ...row }) => ({
    ...row,
    kind: KINDS[kind as SourceKind].label,
    lastOutcome: lastOutcome as Outcome | null,
  }))
}

/** @throws AppError not-found. */
export async function getSource({ db, actor }: Context, slug: string, page: { offset: number; limit: number }) {
  const source = await sourceFor({ db, actor }, slug)
  const [secrets, deliveries] = await Promise.all([secretsOf(db, source.id), pageOfDeliveries(db, source.id, page)])
  return {
    slug: source.slug,
    name: source.name,
    kind: source.kind as SourceKind,
    pausedAt: source.paused_at,
    refusedAt: source.refused_at,
    ...writeTables(JSON.parse(source.tables) as SourceTables),
    secrets: secrets.map(({ id, created_at, last_used_on }) => ({
      id,
      createdAt: created_at,
      lastUsedOn: last_used_on,
    })),
    deliveries: deliveries.rows.map(row => ({ ...row, outcome: row.outcome as Outcome })),
    total: deliveries.total,
  }
}

/** @throws AppError not-found. */
export async function getDelivery({ db, actor }: Context, slug: string, id: string) {
  const source = await sourceFor({ db, actor }, slug)
  const row = await deliveryById(db, source.id, id)
  if (!row) throw notFound('This delivery')
  const [incident] = row.incident_id === null ? [] : await incidentRowsByIds(db, [row.incident_id])
  return {
    id: row.id,
    source: { slug: source.slug, name: source.name },
    receivedAt: row.received_at,
    eventType: row.event_type,
    eventAt: row.event_at,
    outcome: row.outcome as Outcome,
    note: row.note,
    replayedAt: row.replayed_at,
    size: row.size,
    bodyUntil: row.body_until,
    body: row.body,
    incident: incident ? { key: incident.key, title: incident.title } : null,
  }
}

async function sourceFor({ db, actor }: Context, slug: string): Promise<SourceRow> {
  demand(actor, 'administer')
  const source = await sourceBySlug(db, slug)
  if (!source) throw notFound('This source')
  return source
}
