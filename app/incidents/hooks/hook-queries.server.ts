/** Sources, their secrets and their deliveries, as rows. */
import type { Db, Tables, Tx } from '#db/index.server.ts'

export type SourceRow = Tables['hook_sources']
export type SecretRow = Tables['hook_secrets']
export type DeliveryRow = Tables['hook_deliveries']
export type LinkRow = Tables['hook_incidents']

export function sourceBySlug(db: Db, slug: string): Promise<SourceRow | undefined> {
  return db.selectFrom('hook_sources').selectAll().where('slug', '=', slug).executeTakeFirst()
}

export function sourcesOfKind(db: Db, kind: string): Promise<SourceRow[]> {
  return db.selectFrom('hook_sources').selectAll().where('kind', '=', kind).orderBy('id').execute()
}

/** Every source by name, with the moment and the outcome of its last delivery. */
export function sourcesWithLastDelivery(db: Db) {
  return db
    .selectFrom('hook_sources')
    .leftJoin('hook_deliveries', join =>
      join.onRef('hook_deliveries.id', '=', eb =>
        eb
          .selectFrom('hook_deliveries as latest')
          .whereRef('latest.source_id', '=', 'hook_sources.id')
          .orderBy('latest.received_at', 'desc')
          .orderBy('latest.id', 'desc')
          .limit(1)
          .select('latest.id'),
      ),
    )
    .select([
      'hook_sources.slug',
      'hook_sources.name',
      'hook_sources.kind',
      'hook_sources.paused_at as pausedAt',
      'hook_deliveries.received_at as lastAt',
      'hook_deliveries.outcome as lastOutcome',
    ])
    .orderBy('hook_sources.name')
    .orderBy('hook_sources.id')
    .execute()
}

export async function insertSource(tx: Tx, row: SourceRow): Promise<void> {
  await tx.insertInto('hook_sources').values(row).execute()
}

export async function updateSource(db: Db, { id, ...change }: Partial<SourceRow> & { id: string }): Promise<void> {
  await db.updateTable('hook_sources').set(change).where('id', '=', id).execute()
}

/** With its secrets, its deliveries, and what it said. */
export async function deleteSource(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('hook_sources').where('id', '=', id).execute()
}

/** The oldest first. */
export function secretsOf(db: Db, sourceId: string): Promise<SecretRow[]> {
  return db
    .selectFrom('hook_secrets')
    .selectAll()
    .where('source_id', '=', sourceId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

export async function insertSecret(tx: Tx, row: SecretRow): Promise<void> {
  await tx.insertInto('hook_secrets').values(row).execute()
}

export async function deleteSecret(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('hook_secrets').where('id', '=', id).execute()
}

export async function touchSecrets(tx: Tx, ids: string[], today: string): Promise<void> {
  await tx.updateTable('hook_secrets').set({ last_used_on: today }).where('id', 'in', ids).execute()
}

/** The delivery that an event came with first. */
export function deliveryOnce(db: Db, sourceId: string, once: string) {
  return db
    .selectFrom('hook_deliveries')
    .where('source_id', '=', sourceId)
    .where('once', '=', once)
    .select(['id', 'incident_id'])
    .executeTakeFirst()
}

export async function insertDelivery(tx: Tx, row: DeliveryRow): Promise<void> {
  await tx.insertInto('hook_deliveries').values(row).execute()
}

export async function updateDelivery(tx: Tx, { id, ...change }: Partial<DeliveryRow> & { id: string }): Promise<void> {
  await tx.updateTable('hook_deliveries').set(change).where('id', '=', id).execute()
}

export function deliveryById(db: Db, sourceId: string, id: string): Promise<DeliveryRow | undefined> {
  return db
    .selectFrom('hook_deliveries')
    .selectAll()
    .where('id', '=', id)
    .where('source_id', '=', sourceId)
    .executeTakeFirst()
}

/** One page, the latest first, without the bodies, and how many there are in all. */
export async function pageOfDeliveries(db: Db, sourceId: string, page: { offset: number; limit: number }) {
  const [rows, count] = await Promise.all([
    db
      .selectFrom('hook_deliveries')
      .leftJoin('incidents', 'incidents.id', 'hook_deliveries.incident_id')
      .where('hook_deliveries.source_id', '=', sourceId)
      .select([
        'hook_deliveries.id',
        'hook_deliveries.received_at as receivedAt',
        'hook_deliveries.event_type as eventType',
        'hook_deliveries.event_at as eventAt',
        'hook_deliveries.outcome',
        'hook_deliveries.note',
        'hook_deliveries.replayed_at as replayedAt',
        'incidents.key as incidentKey',
      ])
      .orderBy('hook_deliveries.received_at', 'desc')
      .orderBy('hook_deliveries.id', 'desc')
      .offset(page.offset)
      .limit(page.limit)
      .execute(),
    db
      .selectFrom('hook_deliveries')
      .where('source_id', '=', sourceId)
      .select(eb => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow(),
  ])
  return { rows, total: Number(count.n) }
}

/** Deletes the bodies whose time is over, whatever their source. */
export async function deleteOldBodies(tx: Tx, now: string): Promise<void> {
  await tx.updateTable('hook_deliveries').set({ body: null, body_until: null }).where('body_until', '<', now).execute()
}

export function linkByExternalId(db: Db, sourceId: string, externalId: string): Promise<LinkRow | undefined> {
  return db
    .selectFrom('hook_incidents')
    .selectAll()
    .where('source_id', '=', sourceId)
    .where('external_id', '=', externalId)
    .executeTakeFirst()
}

/** The times that a group came back, the latest first. */
export function linksOfGroup(db: Db, sourceId: string, groupId: string, limit: number): Promise<LinkRow[]> {
  return db
    .selectFrom('hook_incidents')
    .selectAll()
    .where('source_id', '=', sourceId)
    .where('group_id', '=', groupId)
    .orderBy('external_id', 'desc')
    .limit(limit)
    .execute()
}

export async function insertLink(tx: Tx, row: LinkRow): Promise<void> {
  await tx.insertInto('hook_incidents').values(row).execute()
}

export async function updateLink(
  tx: Tx,
  { id, ...change }: Pick<LinkRow, 'id' | 'observed' | 'written'>,
): Promise<void> {
  await tx.updateTable('hook_incidents').set(change).where('id', '=', id).execute()
}

/** @returns whether it was not counted before. */
export async function countOnce(tx: Tx, row: Tables['hook_deployments']): Promise<boolean> {
  const known = await tx
    .selectFrom('hook_deployments')
    .where('source_id', '=', row.source_id)
    .where('external_id', '=', row.external_id)
    .select('external_id')
    .executeTakeFirst()
  if (known) return false
  await tx.insertInto('hook_deployments').values(row).execute()
  return true
}
