/** Alertmanager's webhooks: a group of alerts each, without a time or an id of their own. One group is one incident. */
import type { Observation, Said } from './observation.ts'
import { addressAt, idAt, isObject, lineAt, listAt, momentAt, valueAt } from './payload.ts'
import { type Content, type Envelope, ignored, LINE, NAME, type Reading } from './reading.ts'

export function readAlertmanager(payload: unknown, { receivedAt }: Envelope): Reading {
  const status = lineAt(payload, NAME, 'status') ?? ''
  return { eventId: null, type: status, at: null, content: contentOf(payload, status, receivedAt) }
}

function contentOf(payload: unknown, status: string, receivedAt: string): Content {
  if (status !== 'firing' && status !== 'resolved') return ignored('Candor does not use what this says.')
  const alerts: NonNullable<Observation['alerts']> = {}
  for (const alert of listAt(payload, 'alerts')) {
    const from = momentAt(alert, 'startsAt')
    if (from === null) continue
    const isOver = lineAt(alert, NAME, 'status') === 'resolved'
    // Year 1 is how it writes that there is no end.
    alerts[`${nameOf(alert)}@${from}`] = { from, until: isOver ? momentAt(alert, 'endsAt') : null }
  }
  const list = Object.values(alerts)
  if (list.length === 0) return ignored('There is no alert in it whose start is known.')
  const began = list.map(alert => alert.from).sort()[0]!
  const ends = list.flatMap(alert => alert.until ?? [])
  const group = lineAt(payload, 2_000, 'groupKey') ?? JSON.stringify(valueAt(payload, 'groupLabels') ?? {})
  return {
    kind: 'incident',
    incident: {
      id: began,
      group,
      observation: {
        said: saidOf(payload, receivedAt),
        first: {},
        alerts,
        // The whole group is over, also alerts of it that no delivery named again.
        quietAt: status === 'resolved' && ends.length === list.length ? ends.sort().at(-1)! : null,
      },
      updates: [],
    },
  }
}

function saidOf(payload: unknown, at: string): Observation['said'] {
  const says = <T>(value: T): Said<T> => ({ value, at })
  const alerts = listAt(payload, 'alerts')
  const label = (name: string) =>
    lineAt(payload, LINE, 'commonLabels', name) ??
    alerts.map(alert => lineAt(alert, LINE, 'labels', name)).find(found => found !== null) ??
    null
  const said: Observation['said'] = { detectedBy: says('monitoring') }
  const title =
    lineAt(payload, LINE, 'commonAnnotations', 'summary') ??
    lineAt(payload, LINE, 'commonAnnotations', 'title') ??
    label('alertname')
  if (title) said.title = says(title)
  const severity = label('severity')
  if (severity) said.severity = says(severity)
  const services = alerts.flatMap(alert => lineAt(alert, NAME, 'labels', 'service') ?? [])
  if (services.length > 0) said.services = says([...new Set(services)])
  const url = alerts.map(alert => addressAt(alert, 'generatorURL')).find(found => found !== null)
  const address = url ?? addressAt(payload, 'externalURL')
  if (address) said.url = says(address)
  return said
}

/** Alertmanager's fingerprint of the labels, or the labels themselves. */
function nameOf(alert: unknown): string {
  const labels = valueAt(alert, 'labels')
  return (
    idAt(alert, 'fingerprint') ??
    (isObject(labels) ? JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))).slice(0, 500) : '')
  )
}
