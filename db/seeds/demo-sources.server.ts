/** The demo's sources: a pager with an incident of this hour, and the deployments of eighteen months. */
import { createHmac } from 'node:crypto'
import type { Actor } from '#app/identity/actor.ts'
import { receiveDelivery } from '#app/incidents/hooks/receive-delivery.server.ts'
import { addSource } from '#app/incidents/hooks/save-source.server.ts'
import { importDeployments } from '#app/incidents/import-deployments.server.ts'
import { listServices } from '#app/incidents/services.server.ts'
import type { Clock } from '#app/platform/clock.ts'
import { newSecret } from '#app/platform/ids.server.ts'
import type { Db } from '#db/index.server.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const DAYS = 540

interface Context {
  db: Db
  clock: Clock
  actor: Actor
}

export async function seedSources(context: Context): Promise<void> {
  await seedPager(context)
  await seedDeployments(context)
}

/** What the pager sent in the last hour: minutes ago, type, whether it is sent a second time. */
const EVENTS = [
  { ago: 41, type: 'triggered' },
  { ago: 38, type: 'acknowledged' },
  { ago: 38, type: 'acknowledged' },
  { ago: 30, type: 'responder.added' },
  { ago: 9, type: 'resolved' },
]

async function seedPager(context: Context): Promise<void> {
  const { db, clock } = context
  const secret = newSecret()
  const { slug } = await addSource(context, { name: 'Night pager', kind: 'pagerduty', secret })
  for (const { ago, type } of EVENTS) {
    const at = clock.now() - ago * MINUTE_MS
    const body = Buffer.from(JSON.stringify(pagerEvent(type, new Date(at).toISOString())))
    const signature = createHmac('sha256', secret).update(body).digest('hex')
    await receiveDelivery(
      { db, clock: { now: () => at } },
      { slug, headers: { 'x-pagerduty-signature': `v1=${signature}` }, query: new URLSearchParams(), body },
    )
  }
}

function pagerEvent(type: string, at: string) {
  return {
    event: {
      id: `01DEMO-${type}`,
      event_type: `incident.${type}`,
      resource_type: 'incident',
      occurred_at: at,
      data: {
        id: 'QDEMO1',
        type: 'incident',
        html_url: 'https://merrowgate.pagerduty.test/incidents/QDEMO1',
        title: 'The search index lags behind the catalogue',
        service: { id: 'PDEMO1', type: 'service_reference', summary: 'search-indexer' },
        priority: { id: 'PDEMO4', type: 'priority_reference', summary: 'P4' },
        urgency: 'low',
      },
    },
  }
}

/** Every service on most working days, none to three times: regular enough to be believed, the same at every start. */
async function seedDeployments(context: Context): Promise<void> {
  const services = await listServices(context.db)
  const rows: { line: number; cells: Record<string, string> }[] = []
  for (let ago = DAYS; ago >= 1; ago--) {
    const day = new Date(context.clock.now() - ago * DAY_MS)
    if (day.getUTCDay() % 6 === 0) continue
    const date = day.toISOString().slice(0, 10)
    services.forEach(({ name }, place) => {
      const count = (ago * 7 + place * 5 + ((ago * place) % 3)) % 4
      const hour = String(8 + ((ago + place * 3) % 9)).padStart(2, '0')
      const cells = { deployed_at: `${date}T${hour}:15:00Z`, service: name, count: String(count) }
      if (count > 0) rows.push({ line: rows.length + 1, cells })
    })
  }
  await importDeployments(context, rows)
}
