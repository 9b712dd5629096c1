/** What the tests of deliveries share: sources, and invented programs that sign what they send. */
import { createHmac } from 'node:crypto'
import { receiveDelivery } from '#app/incidents/hooks/receive-delivery.server.ts'
import { addSource } from '#app/incidents/hooks/save-source.server.ts'
import { standardKey } from '#app/incidents/hooks/signatures.server.ts'
import type { SourceKind } from '#app/incidents/hooks/source-kinds.ts'
import type { Clock } from '#app/platform/clock.ts'
import type { Db } from '#db/index.server.ts'
import { actorOf, clock } from './room.ts'

export const administrator = actorOf('administrator')
export const SECRET = 'c2l4dGVlbiBieXRlcyBhbmQgc29tZSBtb3Jl'

const sum = (key: string | Buffer, ...parts: (string | Buffer)[]) => {
  const hmac = createHmac('sha256', key)
  for (const part of parts) hmac.update(part)
  return hmac
}

/** The headers and the query with which each kind proves itself. */
export function proof(kind: SourceKind, body: Buffer, { secret = SECRET, id = 'msg-1', at = clock.now() } = {}) {
  const query = new URLSearchParams()
  const headers: Record<string, string> = {}
  if (kind === 'pagerduty') headers['x-pagerduty-signature'] = `v1=${sum(secret, body).digest('hex')}`
  if (kind === 'github') {
    headers['x-hub-signature-256'] = `sha256=${sum(secret, body).digest('hex')}`
    headers['x-github-delivery'] = id
    headers['x-github-event'] = 'deployment_status'
  }
  if (kind === 'standard-webhooks') {
    const time = String(Math.round(at / 1000))
    headers['webhook-id'] = id
    headers['webhook-timestamp'] = time
    headers['webhook-signature'] = `v1,${sum(standardKey(secret), `${id}.${time}.`, body).digest('base64')}`
  }
  if (kind === 'alertmanager') headers.authorization = `Bearer ${secret}`
  if (kind === 'statuspage') query.set('secret', secret)
  return { headers, query }
}

/** A source of this kind, and a way to deliver to it. */
export async function sourceOf(db: Db, kind: SourceKind, name = 'The source') {
  const { slug } = await addSource({ db, clock, actor: administrator }, { name, kind, secret: SECRET })
  return {
    slug,
    deliver(payload: unknown, options: { id?: string; at?: Clock; secret?: string } = {}) {
      const body = Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload))
      const now = options.at ?? clock
      return receiveDelivery({ db, clock: now }, { slug, body, ...proof(kind, body, { ...options, at: now.now() }) })
    },
  }
}

/** What PagerDuty would send, with everything in it made up. */
export function pagerDutyEvent(type: string, minute: number, data: Record<string, unknown> = {}, id?: string) {
  return {
    event: {
      id: id ?? `EV-${type}-${minute}`,
      event_type: `incident.${type}`,
      resource_type: 'incident',
      occurred_at: `2026-03-04T11:${String(minute).padStart(2, '0')}:00.000Z`,
      data: {
        id: 'QINVENTED',
        type: 'incident',
        html_url: 'https://merrowgate.pagerduty.test/incidents/QINVENTED',
        title: 'Carts are slow',
        service: { id: 'PS1', summary: 'Cart API' },
        priority: { id: 'PP2', summary: 'P2' },
        ...data,
      },
    },
  }
}

export function deliveriesOf(db: Db) {
  return db.selectFrom('hook_deliveries').selectAll().orderBy('received_at').orderBy('id').execute()
}
