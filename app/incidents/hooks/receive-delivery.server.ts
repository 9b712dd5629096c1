import { createHash } from 'node:crypto'
import { type Clock, isoNow } from '#app/platform/clock.ts'
import { newId } from '#app/platform/ids.server.ts'
import { type Db, inTransaction, lockFor, type Tx } from '#db/index.server.ts'
import { ROOM_LOCK } from '../services.server.ts'
import { applyDeployment } from './apply-deployment.server.ts'
import { type Applied, applyIncident } from './apply-incident.server.ts'
import { parseExactJson } from './exact-json.ts'
import {
  type DeliveryRow,
  deleteOldBodies,
  deliveryOnce,
  insertDelivery,
  type SecretRow,
  type SourceRow,
  secretsOf,
  sourceBySlug,
  touchSecrets,
  updateSource,
} from './hook-queries.server.ts'
import { readDelivery } from './read-delivery.ts'
import type { Reading } from './reading.ts'
import {
  type Delivered,
  verifyBearer,
  verifyGitHub,
  verifyPagerDuty,
  verifyQuery,
  verifyStandardWebhooks,
} from './signatures.server.ts'
import { isSourceKind, type SourceKind } from './source-kinds.ts'

export type Outcome = Applied['outcome'] | 'repeat' | 'refused'

export type Received =
  | { kind: 'taken'; outcome: Exclude<Outcome, 'refused'> }
  /** Nobody here is called so, or is paused. */
  | { kind: 'unknown' }
  /** Nothing vouches for it. */
  | { kind: 'unproven' }
  /** It is from the source, and is not JSON. */
  | { kind: 'unreadable' }

const VERIFY: Record<SourceKind, typeof verifyPagerDuty> = {
  pagerduty: verifyPagerDuty,
  'standard-webhooks': verifyStandardWebhooks,
  statuspage: verifyQuery,
  alertmanager: verifyBearer,
  github: verifyGitHub,
}

/** Without these a body cannot be read again; none of them proves anything. */
const KEPT_HEADERS = [
  'x-github-event',
  'x-github-delivery',
  'webhook-id',
  'webhook-timestamp',
  'svix-id',
  'svix-timestamp',
]

const BODY_DAYS = 90
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/**
 * Takes what a source delivers: proves who sent it, reads it, and does what it says. All of it is one transaction with
 * the record that it came, so that what is stored is stored whole, and what failed may be sent again.
 */
export async function receiveDelivery(
  { db, clock }: { db: Db; clock: Clock },
  { slug, ...delivered }: Delivered & { slug: string },
): Promise<Received> {
  const source = await sourceBySlug(db, slug)
  if (!source || source.paused_at !== null || !isSourceKind(source.kind)) return { kind: 'unknown' }
  const secrets = await secretsOf(db, source.id)
  const places = VERIFY[source.kind](
    delivered,
    secrets.map(one => one.secret),
    clock.now(),
  )
  if (places.length === 0) {
    await noteRefusal(db, clock, source)
    return { kind: 'unproven' }
  }
  const headers = Object.fromEntries(KEPT_HEADERS.flatMap(name => namedHeader(delivered, name)))
  const arrival: Arrival = { body: delivered.body, headers, receivedAt: isoNow(clock) }
  const payload = parsed(delivered.body)
  return inTransaction(db, async tx => {
    await lockFor(tx, ROOM_LOCK)
    await deleteOldBodies(tx, arrival.receivedAt)
    await noteUse(tx, secrets, places, arrival.receivedAt.slice(0, 10))
    if (payload === undefined) {
      await insertDelivery(tx, { ...rowOf(source, arrival), outcome: 'refused', note: 'This is not JSON in UTF-8.' })
      return { kind: 'unreadable' }
    }
    const reading = readDelivery(source.kind as SourceKind, payload.value, arrival)
    return { kind: 'taken', outcome: await take(tx, { clock }, source, reading, arrival) }
  })
}

interface Arrival {
  body: Uint8Array
  headers: Record<string, string>
  receivedAt: string
}

async function take(
  tx: Tx,
  { clock }: { clock: Clock },
  source: SourceRow,
  reading: Reading,
  arrival: Arrival,
): Promise<Exclude<Outcome, 'refused'>> {
  const once = reading.eventId ?? createHash('sha256').update(arrival.body).digest('hex')
  const row = { ...rowOf(source, arrival), event_type: reading.type, event_at: reading.at }
  const first = await deliveryOnce(tx, source.id, once)
  if (first) {
    const note = 'It came before, so nothing was done.'
    await insertDelivery(tx, { ...row, outcome: 'repeat', note, incident_id: first.incident_id, ...WITHOUT_BODY })
    return 'repeat'
  }
  const { outcome, note, incidentId } = await applyReading(tx, { clock }, source, reading)
  await insertDelivery(tx, { ...row, once, outcome, note, incident_id: incidentId })
  return outcome
}

/** Does what a delivery says. */
export async function applyReading(
  tx: Tx,
  context: { clock: Clock },
  source: SourceRow,
  { content }: Reading,
): Promise<Applied> {
  if (content.kind === 'incident') return applyIncident(tx, context, source, content.incident)
  if (content.kind === 'deployment') return applyDeployment(tx, context, source, content.deployment)
  return { outcome: 'ignored', note: content.why, incidentId: null }
}

/** The first one's body is kept already. */
const WITHOUT_BODY = { body: null, body_until: null }

function rowOf(source: SourceRow, { body, headers, receivedAt }: Arrival): DeliveryRow {
  return {
    id: newId(),
    source_id: source.id,
    received_at: receivedAt,
    once: null,
    event_type: '',
    event_at: null,
    outcome: 'ignored',
    note: '',
    incident_id: null,
    replayed_at: null,
    headers: JSON.stringify(headers),
    size: body.length,
    body_until: new Date(Date.parse(receivedAt) + BODY_DAYS * DAY_MS).toISOString(),
    body,
  }
}

/** Undefined when the bytes are not JSON in UTF-8. */
export function parsed(body: Uint8Array): { value: unknown } | undefined {
  try {
    return { value: parseExactJson(new TextDecoder('utf-8', { fatal: true }).decode(body)) }
  } catch {
    return undefined
  }
}

function namedHeader({ headers }: Delivered, name: string): [string, string][] {
  const value = headers[name]
  return value === undefined ? [] : [[name, value]]
}

/** At most once a minute, so that strangers cannot keep the database busy. */
async function noteRefusal(db: Db, clock: Clock, source: SourceRow): Promise<void> {
  if (source.refused_at !== null && clock.now() - Date.parse(source.refused_at) < MINUTE_MS) return
  await updateSource(db, { id: source.id, refused_at: isoNow(clock) })
}

async function noteUse(tx: Tx, secrets: SecretRow[], places: number[], today: string): Promise<void> {
  const used = places.map(place => secrets[place]!).filter(secret => secret.last_used_on !== today)
  if (used.length > 0)
    await touchSecrets(
      tx,
      used.map(secret => secret.id),
      today,
    )
}
